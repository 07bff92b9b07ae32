package io.alohubsync.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A person's groups in the claims of a token. Its name may have dots and slashes itself
 * ({@code https://shop.example/groups}); else they lead into the claims inside it
 * ({@code realm_access/roles}).
 */
record GroupsClaim(String path) {

    /** Of one group, which some providers write as a text, or of many. */
    Set<String> in(JsonObject claims) {
        return switch (find(claims, path)) {
            case null -> Set.of();
            case JsonArray many -> many.stream().map(String::valueOf).collect(Collectors.toSet());
            case JsonObject none -> Set.of();
            case Object one -> Set.of(String.valueOf(one));
        };
    }

    /** The name as it is counts before a path: a provider says which names it has. */
    private static @Nullable Object find(JsonObject claims, String path) {
        if (claims.containsKey(path)) {
            return claims.getValue(path);
        }
        for (int end = 1; end < path.length() - 1; end++) {
            boolean separates = path.charAt(end) == '/' || path.charAt(end) == '.';
            if (separates && claims.getValue(path.substring(0, end)) instanceof JsonObject inner) {
                Object found = find(inner, path.substring(end + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
