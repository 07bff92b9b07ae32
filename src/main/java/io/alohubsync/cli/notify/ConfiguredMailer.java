package io.alohubsync.cli.notify;

import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.mailer.runtime.MailerRuntimeConfig;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailConfig;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Quarkus' mailer with the settings that the daemon's has, without the daemon. To be closed. */
final class ConfiguredMailer implements AutoCloseable {

    private final Vertx vertx;
    private final Mailers mailers;
    private final MailerRuntimeConfig settings;

    private ConfiguredMailer(Vertx vertx, Mailers mailers, MailerRuntimeConfig settings) {
        this.vertx = vertx;
        this.mailers = mailers;
        this.settings = settings;
    }

    /** @throws RuntimeException a setting can't be read, or a file that it names */
    static ConfiguredMailer of(Config config) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(MailersRuntimeConfig.class)
                .withValidateUnknown(false);
        config.getConfigSources().forEach(builder::withSources);
        SmallRyeConfig all = builder.build();
        MailersRuntimeConfig settings = all.getConfigMapping(MailersRuntimeConfig.class);
        System.setProperty(
                "io.netty.noUnsafe", "true"); // it would have the JVM print warnings; one mail needs no speed
        Vertx vertx = Vertx.vertx();
        Mailers mailers = new Mailers(
                vertx,
                new io.vertx.mutiny.core.Vertx(vertx),
                settings,
                LaunchMode.NORMAL,
                new MailerSupport(true, Set.of()),
                new NoTls(),
                null);
        return new ConfiguredMailer(
                vertx, mailers, Objects.requireNonNull(settings.mailers().get(Mailers.DEFAULT_MAILER_NAME)));
    }

    ReactiveMailer mailer() {
        return mailers.reactiveMailerFromName(Mailers.DEFAULT_MAILER_NAME);
    }

    /** Host and port. */
    String server() {
        return settings.host() + ":" + settings.port().orElse(MailConfig.DEFAULT_PORT);
    }

    @Override
    public void close() {
        mailers.stop();
        vertx.close();
    }

    /** Named ones ({@code quarkus.tls.…}) are the daemon's alone. */
    private static final class NoTls implements TlsConfigurationRegistry {

        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException(name);
        }
    }
}
