package io.alohubsync.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings under {@code alohub.console.}: who may open the console and use the API. Both are
 * closed while no way in is set.
 */
public interface ConsoleSettings {

    /**
     * A file with one {@code name:role:hash} on each line; read again when it changes. The first
     * way in.
     */
    Optional<String> usersFile();

    /**
     * What cookies are sealed with: at least 32 characters. Secret; this or
     * {@link #encryptionKeyFile()}.
     */
    Optional<String> encryptionKey();

    /** A file that holds that key. */
    Optional<String> encryptionKeyFile();

    /** How long a login lasts: 5 minutes to 7 days. */
    @WithDefault("10h")
    Duration session();

    /**
     * The addresses of an ingress in front of the console, whose {@code X-Forwarded-For} says where
     * a person comes from.
     */
    Optional<List<String>> forwarders();

    /**
     * In which times are shown, days begin and end, and of which a time without a zone is in an
     * imported file.
     */
    @WithDefault("Asia/Ho_Chi_Minh")
    String zone();

    /** In which language the console is shown to people who have not chosen one. */
    @WithDefault("vi")
    Language language();

    /** The second way in: single sign-on. */
    OidcSettings oidc();

    /** The third: a proxy in front of the console that has authenticated the person. */
    ProxySettings proxy();

    /** Which groups of the single sign-on or of the proxy have which role. */
    GroupSettings groups();

    /** Whether there is a way in. (A default method would be a setting.) */
    static boolean isOpen(ConsoleSettings settings) {
        return settings.usersFile().isPresent()
                || settings.oidc().url().isPresent()
                || settings.proxy().networks().isPresent();
    }

    interface OidcSettings {

        /** The provider's address, without {@code /.well-known/openid-configuration}. */
        Optional<@WithConverter(WebAddress.class) String> url();

        Optional<String> clientId();

        /** Secret; this or {@link #clientSecretFile()}. */
        Optional<String> clientSecret();

        Optional<String> clientSecretFile();

        /** What the provider is asked for, beside {@code openid}. */
        @WithDefault("profile,email")
        List<String> scopes();

        /**
         * The claim of the ID token that holds the person's groups; a path where it is inside
         * another one.
         */
        @WithDefault("groups")
        String groupsClaim();
    }

    interface ProxySettings {

        /**
         * The addresses of the proxy, such as {@code 10.1.2.0/24}; requests from elsewhere can't
         * claim to be anybody.
         */
        Optional<List<String>> networks();

        @WithDefault("X-Forwarded-User")
        String userHeader();

        /** Its value: groups, separated by commas. */
        @WithDefault("X-Forwarded-Groups")
        String groupsHeader();
    }

    interface GroupSettings {

        @WithDefault("alohub-viewer")
        List<String> viewer();

        @WithDefault("alohub-operator")
        List<String> operator();

        @WithDefault("alohub-admin")
        List<String> admin();
    }
}
