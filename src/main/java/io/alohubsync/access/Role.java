package io.alohubsync.access;

import java.util.List;
import java.util.Set;

/** What a person may do. Each role includes those before it. */
public final class Role {

    /** Sees figures, problems and customers; of a phone the last three digits, no free text. */
    public static final String VIEWER = "viewer";

    /** Sees whole customers and acts on them; each such look and act is recorded. */
    public static final String OPERATOR = "operator";

    /** Issues and revokes tokens of the API. */
    public static final String ADMIN = "admin";

    private static final List<String> ASCENDING = List.of(VIEWER, OPERATOR, ADMIN);

    private Role() {}

    public static boolean isOne(String role) {
        return ASCENDING.contains(role);
    }

    /** The role and those that it includes. */
    public static Set<String> including(String role) {
        return Set.copyOf(ASCENDING.subList(0, ASCENDING.indexOf(role) + 1));
    }
}
