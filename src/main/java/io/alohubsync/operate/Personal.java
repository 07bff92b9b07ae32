package io.alohubsync.operate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a result that is personal, or free text of a person, a source or the CRM: see
 * {@link Sight}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Personal {

    Kind value() default Kind.TEXT;

    enum Kind {
        PHONE,
        /** Of a system as a rule: anything else is shown as free text is. See {@link io.alohubsync.contact.SystemName}. */
        SYSTEM,
        TEXT
    }
}
