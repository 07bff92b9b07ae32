package io.alohubsync.access;

import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Way;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The person, or the program with a token, that makes a request.
 *
 * @param name    as the users file, the single sign-on or the proxy has it; of a token its name
 * @param role    the highest one
 * @param way     how the request proved it
 * @param session names this login; of a proxy and a token the name
 */
public record Person(String name, String role, Way way, String session) {

    static final String ATTRIBUTE = "alohub.person";

    SecurityIdentity identity() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(Role.including(role))
                .addAttribute(ATTRIBUTE, this)
                .build();
    }

    /** @throws IllegalStateException the method is open to everybody */
    public static Person of(SecurityIdentity identity) {
        Person person = identity.getAttribute(ATTRIBUTE);
        if (person == null) {
            throw new IllegalStateException("no person has logged in");
        }
        return person;
    }

    /**
     * @return null: there is no login, or it is an identity of the single sign-on before its login
     *         here
     */
    public static @Nullable Person knownOf(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE);
    }

    /** As the audit has it. */
    public Actor actor() {
        return new Actor(name, way);
    }

    public boolean mayAct() {
        return Role.including(role).contains(Role.OPERATOR);
    }

    public boolean isAdmin() {
        return role.equals(Role.ADMIN);
    }
}
