package io.alohubsync.config;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The proxy between this host and Alohub: {@code alohub.proxy}, else {@code HTTPS_PROXY} and
 * {@code NO_PROXY} of the environment for an address of https.
 *
 * @param setting     {@code alohub.proxy}; {@code none}: no proxy, also where the environment names
 *                    one
 * @param environment the process's variables
 */
public record EgressProxy(Optional<String> setting, Map<String, String> environment) {

    static final String SETTING = "alohub.proxy";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[?::1]?");

    public static EgressProxy of(AlohubSettings settings) {
        return new EgressProxy(settings.proxy(), System.getenv());
    }

    /** @param alohub its address; @return empty: no proxy */
    public Optional<ProxyAddress> on(URI alohub) {
        Optional<String> own = text(setting);
        if (own.isPresent()) {
            return own.filter(text -> !isNone(text)).flatMap(ProxyAddress::of);
        }
        return ofEnvironment(alohub).flatMap(ProxyAddress::of);
    }

    /** @return one sentence without any address: it may hold a password */
    Optional<String> problem(URI alohub) {
        Optional<String> own = text(setting);
        if (own.isPresent()) {
            return own.filter(text -> !isNone(text) && ProxyAddress.of(text).isEmpty())
                    .map(
                            wrong -> SETTING
                                    + " is not a proxy's address: set it to one like http://proxy.example.vn:3128 or"
                                    + " http://user:password@proxy.example.vn:3128 (percent-encode what is not a letter or digit), or to none.");
        }
        return ofEnvironment(alohub)
                .filter(text -> ProxyAddress.of(text).isEmpty())
                .map(wrong ->
                        "HTTPS_PROXY is not a proxy's address that can be used: set it to one like http://proxy.example.vn:3128, add Alohub's"
                                + " host to NO_PROXY, or set alohub.proxy.");
    }

    private Optional<String> ofEnvironment(URI alohub) {
        String host = alohub.getHost() == null ? "" : alohub.getHost().toLowerCase(Locale.ROOT);
        boolean direct = !"https".equalsIgnoreCase(alohub.getScheme())
                || LOOPBACK.matcher(host).matches()
                || variable("NO_PROXY").filter(list -> isExcepted(host, list)).isPresent();
        return direct ? Optional.empty() : variable("HTTPS_PROXY");
    }

    /** {@code *}, hosts, and domains with or without a dot in front. */
    private static boolean isExcepted(String host, String list) {
        for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            String name = entry.replaceFirst(":\\d+$", "").replaceFirst("^\\*?\\.", "");
            if (entry.equals("*") || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> variable(String name) {
        return text(Optional.ofNullable(environment.get(name)))
                .or(() -> text(Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT)))));
    }

    private static boolean isNone(String text) {
        return text.equalsIgnoreCase("none");
    }

    private static Optional<String> text(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "EgressProxy[***]";
    }
}
