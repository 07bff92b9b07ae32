package io.alohubsync.config;

import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings under {@code alohub.intake.}: who may write customers over HTTP. Off while neither a
 * token nor a source is set.
 */
public interface IntakeSettings {

    /** {@code name:token}: the source that a request with this token writes as. Secret. */
    Optional<List<String>> tokens();

    /** A file with one {@code name:token} on each line; read again when it changes. */
    Optional<String> tokensFile();

    /** Requests of one source, on each replica: {@code 100}, {@code 600/1m}; see {@link Rate}. */
    @WithDefault("10000")
    String rate();

    /** What is known of a source beside its tokens, by its name. */
    Map<String, SourceSettings> sources();

    interface SourceSettings {

        /** The account of its customers; absent: {@code default}. */
        Optional<String> account();

        /** The priority of its rows; absent: 10 for a form, 0 for a batch. */
        OptionalInt priority();

        /** A platform whose payloads are known: the default of the settings below. */
        Optional<String> preset();

        Optional<String> phone();

        Optional<String> name();

        Optional<String> email();

        Optional<String> reference();

        Optional<String> version();

        /** Where the customers of a payload are. */
        Optional<String> items();

        /** The header with the platform's signature. */
        Optional<String> hmacHeader();

        /** Secret; exactly one of this and {@link #hmacSecretFile()} where the platform signs. */
        Optional<String> hmacSecret();

        /** A file that holds the secret; read again when it changes. */
        Optional<String> hmacSecretFile();

        Optional<HmacAlgorithm> hmacAlgorithm();

        Optional<HmacEncoding> hmacEncoding();

        /** The status with which a delivery of the platform is answered. */
        OptionalInt answerStatus();
    }

    enum HmacAlgorithm {
        SHA1,
        SHA256,
        SHA512
    }

    enum HmacEncoding {
        HEX,
        BASE64
    }
}
