package io.alohubsync.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every setting under {@code alohub.}; docs/settings.md is the reference, {@link SettingsCheck}
 * says what is wrong.
 */
@ConfigMapping(prefix = "alohub")
public interface AlohubSettings {

    /** Where Alohub is: http or https, without the path of the endpoint. */
    Optional<@WithConverter(WebAddress.class) String> baseUrl();

    /** The raw key. Secret; exactly one of this and {@link #apiKeyFile()}. */
    Optional<String> apiKey();

    /** A file that holds the key; read again when it changes. */
    Optional<String> apiKeyFile();

    /** The header that carries the key. */
    @WithDefault("Authorization")
    String apiKeyHeader();

    /** The form in which phones are sent to Alohub. */
    @WithDefault("national")
    PhoneFormat phoneFormat();

    /** Calls at a time, per account and replica: 1 to 1000. */
    @WithDefault("64")
    int concurrency();

    /**
     * Calls over all replicas, per second or in a window: {@code 50}, {@code 50/1s},
     * {@code 300/10s}; absent: learned.
     */
    Optional<String> rate();

    /** Calls that may go at once after a pause; see {@link Rate}. */
    @WithDefault("1")
    int rateBurst();

    /** What decides which of two values of a customer is the newer one. */
    @WithDefault("id")
    Order order();

    /** What {@code source_version} counts, so that one that is absurdly far ahead is found. */
    @WithDefault("auto")
    VersionUnit sourceVersionUnit();

    /** How often the daemon looks for work when nothing else wakes it: 10 ms to 1 min. */
    @WithDefault("1s")
    Duration pollInterval();

    /**
     * An HTTP proxy on the way to Alohub, {@code http://user:password@host:port}; {@code none}:
     * none. Secret.
     */
    Optional<String> proxy();

    ConnectionSettings connection();

    AnswerSettings answer();

    DeliverySettings delivery();

    BreakerSettings breaker();

    PhoneSettings phone();

    NameSettings name();

    EmailSettings email();

    DatabaseSettings database();

    RetentionSettings retention();

    TracingSettings tracing();

    LogSettings log();

    IntakeSettings intake();

    ConsoleSettings console();

    @WithName("notify")
    NotifySettings notifications(); // Object has a method of the other name

    /**
     * Accounts beside the account default, by name. An account's settings default to those above,
     * except address and key.
     */
    Map<String, AccountSettings> accounts();

    interface AccountSettings {

        Optional<@WithConverter(WebAddress.class) String> baseUrl();

        Optional<String> apiKey();

        Optional<String> apiKeyFile();

        Optional<String> apiKeyHeader();

        Optional<PhoneFormat> phoneFormat();

        OptionalInt concurrency();

        Optional<String> rate();

        OptionalInt rateBurst();

        Optional<Order> order();

        Optional<VersionUnit> sourceVersionUnit();
    }

    enum Order {
        /** The row's id: the order of inserts. */
        ID,
        /** The source's own version; between equal ones the id. */
        SOURCE_VERSION
    }

    enum VersionUnit {
        /**
         * By its digits: from 10, 13, 16 and 19 on it is taken for seconds, milli-, micro- or
         * nanoseconds since 1970.
         */
        AUTO,
        /** A plain count, not a time. */
        COUNT,
        SECONDS,
        MILLIS,
        MICROS,
        NANOS
    }

    enum PhoneFormat {
        /** {@code 0868793800} */
        NATIONAL,
        /** {@code +84868793800} */
        E164
    }

    interface ConnectionSettings {

        /** A connection that is idle for so long is closed: less than the server's own time. */
        @WithDefault("4s")
        Duration idle();

        /**
         * A connection that is open for so long is closed after its call, so that a new address of
         * the host is found.
         */
        @WithDefault("1m")
        Duration maxAge();
    }

    interface AnswerSettings {

        /** Whether a 2xx counts only if its body has a {@code success} of 1. */
        @WithDefault("false")
        boolean requireSuccess();
    }

    interface BreakerSettings {

        /** Time between two probes of a tripped breaker, over all replicas. */
        @WithDefault("30s")
        Duration probeInterval();

        /**
         * After a trip or a throttling the rate of calls rises for this long, from 10/s to a
         * thousand times that; 0: at once.
         */
        @WithDefault("8s")
        Duration ramp();
    }

    interface TracingSettings {

        /**
         * Whether each call is recorded as an OpenTelemetry span; the variables {@code OTEL_…} name
         * the receiver.
         */
        @WithDefault("false")
        boolean enabled();
    }

    interface LogSettings {

        /** How an event is written: a line to read, or a JSON object on a line. */
        @WithDefault("text")
        LogFormat format();

        /** Whether each attempt has a line; absent: where the format is JSON. */
        Optional<Boolean> attempts();
    }

    enum LogFormat {
        TEXT,
        JSON
    }

    interface RetentionSettings {

        /** Outbox rows whose status is final, from their merge on: 1 s to 3650 days; 0: for ever. */
        @WithDefault("30d")
        Duration outbox();

        /** Attempts, from their begin on: 1 s to 3650 days; 0: for ever. */
        @WithDefault("30d")
        Duration attempts();
    }

    interface DatabaseSettings {

        /** Whether the daemon migrates the schema itself at its start. */
        @WithDefault("true")
        boolean migrate();

        /**
         * Whether a source's commit wakes the daemon (LISTEN, NOTIFY and advisory locks); else rows
         * are polled for.
         */
        @WithDefault("true")
        boolean listen();
    }
}
