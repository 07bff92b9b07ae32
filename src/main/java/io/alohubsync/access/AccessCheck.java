package io.alohubsync.access;

import io.alohubsync.config.ConsoleSettings;
import io.alohubsync.config.EncryptionKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is wrong with the console's settings: one sentence each that names the setting and the
 * remedy. No secret in it.
 */
final class AccessCheck {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"); // RFC 6749
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    static final Duration LONGEST = Duration.ofDays(7);

    /**
     * @param ways for the log.
     * @param proxies empty: none is trusted.
     * @param forwarders as proxies
     */
    record Found(List<String> ways, List<String> keys, Optional<Networks> proxies, Optional<Networks> forwarders) {}

    private final ConsoleSettings settings;
    private final List<String> problems = new ArrayList<>();

    AccessCheck(ConsoleSettings settings) {
        this.settings = settings;
    }

    List<String> problems() {
        return problems;
    }

    Found found() {
        List<String> ways = new ArrayList<>();
        settings.usersFile().ifPresent(file -> ways.add("a users file"));
        singleSignOn(ways);
        Optional<Networks> proxies = proxies(ways);
        Optional<Networks> forwarders = forwarders();
        general();
        if (ways.isEmpty()) {
            return new Found(ways, List.of(), proxies, forwarders);
        }
        EncryptionKey key = new EncryptionKey(settings);
        List<String> keys = key.keys();
        problems.addAll(key.problems());
        return new Found(ways, keys, proxies, forwarders);
    }

    private void singleSignOn(List<String> ways) {
        ConsoleSettings.OidcSettings oidc = settings.oidc();
        boolean half = oidc.clientId().isPresent()
                || oidc.clientSecret().isPresent()
                || oidc.clientSecretFile().isPresent();
        if (oidc.url().isEmpty()) {
            if (half) {
                problems.add("alohub.console.oidc.url is missing: set it to the provider's address, for example"
                        + " https://login.example.vn/realms/company, or leave out all of alohub.console.oidc.");
            }
            return;
        }
        if (!isWebAddress(oidc.url().get())) {
            problems.add("alohub.console.oidc.url is no http or https address: set it to the provider's, for example"
                    + " https://login.example.vn/realms/company.");
        }
        if (oidc.clientId().isEmpty()) {
            problems.add(
                    "alohub.console.oidc.client-id is missing: set it to the id that the provider gave this console.");
        }
        if (oidc.clientSecret().isPresent() == oidc.clientSecretFile().isPresent()) {
            problems.add(
                    "alohub.console.oidc needs one of client-secret and client-secret-file: set the secret that the provider"
                            + " gave this console.");
        }
        if (!oidc.scopes().stream()
                .allMatch(scope -> SCOPE.matcher(scope.strip()).matches())) {
            problems.add("alohub.console.oidc.scopes must be scopes of the provider with commas between, for example"
                    + " profile,email,groups.");
        }
        oidc.clientSecretFile().ifPresent(file -> checkSecret(Path.of(file.strip())));
        ways.add("single sign-on");
    }

    private void checkSecret(Path file) {
        String problem = "";
        try {
            problem = Files.readString(file).isBlank() ? " is empty" : "";
        } catch (IOException unreadable) {
            problem = " can't be read";
        }
        if (!problem.isEmpty()) {
            problems.add("The file of alohub.console.oidc.client-secret-file" + problem
                    + ": put the secret that the provider gave this console into it, and let this user read it.");
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text.strip());
            return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private Optional<Networks> proxies(List<String> ways) {
        if (settings.proxy().networks().isEmpty()) {
            return Optional.empty();
        }
        Optional<Networks> networks = networks(
                "alohub.console.proxy.networks",
                settings.proxy().networks().get(),
                "anybody there could claim to be anybody");
        for (String header :
                List.of(settings.proxy().userHeader(), settings.proxy().groupsHeader())) {
            if (!HEADER_NAME.matcher(header).matches()) {
                problems.add(
                        "alohub.console.proxy.user-header and alohub.console.proxy.groups-header must be names of headers,"
                                + " for example X-Forwarded-User and X-Forwarded-Groups.");
                break;
            }
        }
        ways.add("a trusted proxy");
        return networks;
    }

    /** A trusted proxy is one, too. */
    private Optional<Networks> forwarders() {
        List<String> all = new ArrayList<>(settings.proxy().networks().orElse(List.of()));
        settings.forwarders().ifPresent(own -> {
            all.addAll(own);
            networks("alohub.console.forwarders", own, "anybody there could claim to come from anywhere");
        });
        return all.isEmpty() ? Optional.empty() : Networks.of(all);
    }

    /** @param danger of a network that is too wide */
    private Optional<Networks> networks(String setting, List<String> texts, String danger) {
        Optional<Networks> networks = Networks.of(texts);
        if (networks.isEmpty()) {
            problems.add(setting
                    + " must be addresses or networks with commas between, for example 10.1.2.0/24,fd12:3456::1.");
        }
        for (String wide : Networks.tooWide(texts)) {
            problems.add(setting + " has " + wide + ", which is too wide: " + danger
                    + ". Name your own network, with a prefix of at least /8 (IPv6: /16), for example 10.1.2.0/24.");
        }
        return networks;
    }

    private void general() {
        if (settings.session().compareTo(SHORTEST) < 0 || settings.session().compareTo(LONGEST) > 0) {
            problems.add("alohub.console.session must be between 5m and 7d.");
        }
        try {
            ZoneId.of(settings.zone());
        } catch (DateTimeException unknown) {
            problems.add("alohub.console.zone is no time zone: set it to one like Asia/Ho_Chi_Minh.");
        }
    }
}
