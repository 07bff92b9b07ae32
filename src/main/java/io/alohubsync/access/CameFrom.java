package io.alohubsync.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The page whose form a request sends. */
public final class CameFrom {

    private CameFrom() {}

    /**
     * @return path and query as the browser says; who leads there has to check them. Null: a
     *         program sent the request
     */
    public static @Nullable String page(HttpServerRequest request) {
        String referer = request.getHeader(HttpHeaders.REFERER);
        if (referer == null) {
            return null;
        }
        try {
            URI page = new URI(referer);
            String path = page.getRawPath();
            String query = page.getRawQuery();
            return path == null || path.isEmpty() || query == null ? path : path + "?" + query;
        } catch (URISyntaxException none) {
            return null;
        }
    }
}
