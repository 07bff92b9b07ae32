package io.alohubsync.access;

import io.alohubsync.config.ConsoleSettings;
import io.quarkus.oidc.Oidc;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sets up Quarkus' OpenID Connect by the console's own settings; without them it stays off. It is
 * there twice, with http and with https in the redirect address: an ingress that ends TLS calls
 * this process by http, and {@link RedirectScheme} says which one counts.
 */
@ApplicationScoped
class SingleSignOn {

    /** Where the provider sends people back to. */
    static final String PATH = "/login/sso";

    void setUp(@Observes Oidc oidc, Access access) {
        ConsoleSettings.OidcSettings settings = access.settings().oidc();
        if (settings.url().isEmpty()
                || settings.clientId().isEmpty()
                || access.seal().isEmpty()) {
            return; // AccessCheck says what is missing, if something is
        }
        oidc.create(config(settings, access, OidcTenantConfig.builder(), false));
        oidc.create(config(settings, access, OidcTenantConfig.builder().tenantId(RedirectScheme.HTTPS), true));
    }

    private static OidcTenantConfig config(
            ConsoleSettings.OidcSettings settings, Access access, OidcTenantConfigBuilder builder, boolean https) {
        return builder.tenantEnabled(true)
                .authServerUrl(settings.url().get())
                .applicationType(ApplicationType.WEB_APP)
                .clientId(settings.clientId().get())
                .credentials(secret(settings))
                .authentication()
                .redirectPath(PATH)
                .restorePathAfterRedirect(true) // with the page that was asked for
                .removeRedirectParameters(true)
                .pkceRequired(true)
                .cookieForceSecure(true)
                .stateSecret(access.seal().get().derivedSecret("state").substring(0, 32))
                .scopes(scopes(settings))
                .forceRedirectHttpsScheme(https)
                .end()
                .build();
    }

    /** The library adds {@code openid} itself. */
    private static List<String> scopes(ConsoleSettings.OidcSettings settings) {
        return settings.scopes().stream()
                .map(String::strip)
                .filter(scope -> !scope.equals("openid"))
                .distinct()
                .toList();
    }

    private static String secret(ConsoleSettings.OidcSettings settings) {
        return settings.clientSecret()
                .orElseGet(() -> read(Path.of(settings.clientSecretFile().orElseThrow())));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("alohub.console.oidc.client-secret-file can't be read", unreadable);
        }
    }
}
