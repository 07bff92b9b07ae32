package io.alohubsync.intake;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be called: the resources have these paths and methods, and no others. */
enum Call {
    LEAD("/api/crm/lead", "POST"),
    STATUS("/api/crm/lead/[^/]+", "GET", "HEAD"),
    BATCH("/api/crm/leads", "POST"),
    DELIVERY("/api/intake/[^/]+(/[^/]+)?", "POST");

    private final Pattern path;
    private final List<String> methods;

    Call(String path, String... methods) {
        this.path = Pattern.compile(path);
        this.methods = List.of(methods);
    }

    /** @return null: the intake has no such path */
    static @Nullable Call at(String path) {
        String place = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (Call call : values()) {
            if (call.path.matcher(place).matches()) {
                return call;
            }
        }
        return null;
    }

    boolean isMadeBy(String method) {
        return methods.contains(method);
    }

    /** For the header Allow. */
    String methods() {
        return String.join(", ", methods);
    }
}
