package io.alohubsync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy: {@code http://user:password@host:port}. It is never printed, since it may hold a
 * password.
 */
public record ProxyAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    /** @return empty: the address can't be used */
    static Optional<ProxyAddress> of(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean usable = "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= 65_535
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return usable ? Optional.of(of(uri)) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static ProxyAddress of(URI uri) {
        String login = uri.getRawUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        String user = login == null ? null : decoded(colon < 0 ? login : login.substring(0, colon));
        String password = login == null || colon < 0 ? null : decoded(login.substring(colon + 1));
        return new ProxyAddress(uri.getHost(), uri.getPort(), user, password);
    }

    /** A plus stays a plus, unlike in a form. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ProxyAddress[***]";
    }
}
