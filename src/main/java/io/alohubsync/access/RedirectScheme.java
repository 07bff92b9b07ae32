package io.alohubsync.access;

import io.quarkus.oidc.TenantResolver;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the provider sends people back by https. It does, except on this machine: the
 * cookie of a login is for https alone, and browsers make an exception for the loopback. A header
 * may say https there too; who makes it up misleads only themselves.
 */
@ApplicationScoped
class RedirectScheme implements TenantResolver {

    /** Of the single sign-on whose redirect address has https. */
    static final String HTTPS = "https";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Access access;

    RedirectScheme(Access access) {
        this.access = access;
    }

    @Override
    public @Nullable String resolve(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        String host = request.authority() == null ? "" : request.authority().host();
        return access.hasSingleSignOn() && isHttps(host, request.getHeader("X-Forwarded-Proto")) ? HTTPS : null;
    }

    static boolean isHttps(String host, @Nullable String forwarded) {
        return !LOOPBACK.contains(host)
                || forwarded != null && forwarded.strip().toLowerCase().startsWith(HTTPS);
    }
}
