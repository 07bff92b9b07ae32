package io.alohubsync.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * As {@link Guarded}, without the proof of a login: for forms that stand on pages of before the
 * login, or of one that is over. A person has such pages open in several tabs and logs in in one of
 * them.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SameSite {}
