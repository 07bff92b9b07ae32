package io.alohubsync.intake.webhook;

import io.alohubsync.account.KeySource;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.config.SettingsCheck;
import io.alohubsync.intake.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one source: mapping, signature, answer. */
final class PlatformSettings {

    private static final int OK = 200;

    private final String prefix;
    private final SourceSettings own;
    private final List<String> problems;

    /** @param problems gets a sentence for each fault, which names the setting and the remedy */
    PlatformSettings(String name, SourceSettings own, List<String> problems) {
        this.prefix = "alohub.intake.sources." + name + ".";
        this.own = own;
        this.problems = problems;
    }

    /** Of a source without settings of its own. */
    static Platform none(Source source) {
        return new Platform(source, null, Mapping.plain(), null, OK);
    }

    Platform platform(Source source) {
        Optional<Preset> preset = preset();
        return new Platform(source, preset.orElse(null), mapping(preset), signature(preset), answer());
    }

    /** For the command {@code intake try}: without the signature, so that no secret is needed. */
    Platform unsigned(Source source) {
        Optional<Preset> preset = preset();
        return new Platform(source, preset.orElse(null), mapping(preset), null, answer());
    }

    private Optional<Preset> preset() {
        Optional<Preset> preset = own.preset().flatMap(Preset::named);
        if (own.preset().isPresent() && preset.isEmpty()) {
            problems.add(prefix + "preset is unknown: set it to one of " + Preset.names()
                    + ", or leave it out and set phone, name and email.");
        }
        return preset;
    }

    private int answer() {
        int answer = own.answerStatus().orElse(OK);
        if (answer < 200 || answer > 299) {
            problems.add(prefix + "answer-status must be between 200 and 299.");
        }
        return answer;
    }

    private Mapping mapping(Optional<Preset> preset) {
        try {
            return Mapping.of(own, preset);
        } catch (IllegalArgumentException unsound) {
            problems.add(prefix + "phone, name, email, reference, version and items take JSON pointers, for example"
                    + " /customer/phone | /billing/phone: correct the one that is empty or has an"
                    + " unknown meaning in braces, such as {phone}.");
            return Mapping.plain();
        }
    }

    private @Nullable Signature signature(Optional<Preset> preset) {
        if (own.hmacSecret().isEmpty() && own.hmacSecretFile().isEmpty()) {
            withoutSecret("hmac-header", own.hmacHeader().isPresent());
            withoutSecret("hmac-algorithm", own.hmacAlgorithm().isPresent());
            withoutSecret("hmac-encoding", own.hmacEncoding().isPresent());
            return null;
        }
        String header = own.hmacHeader()
                .or(() -> preset.map(Preset::signatureHeader))
                .map(String::strip)
                .orElse("");
        if (header.isEmpty()) {
            problems.add(
                    prefix + "hmac-header is missing: set it to the header that carries the platform's signature.");
        }
        KeySource secret = secret();
        return new Signature(
                header,
                secret,
                own.hmacAlgorithm().orElse(null),
                own.hmacEncoding().orElse(null));
    }

    private void withoutSecret(String setting, boolean isSet) {
        if (isSet) {
            problems.add(prefix + setting + " is set without a secret, so no signature is asked for: set " + prefix
                    + "hmac-secret-file too, or remove it.");
        }
    }

    private KeySource secret() {
        if (own.hmacSecret().isPresent() && own.hmacSecretFile().isPresent()) {
            problems.add(prefix + "hmac-secret and " + prefix + "hmac-secret-file are both set: keep one of them.");
        }
        Supplier<KeySource> inSettings = () -> fixed(own.hmacSecret().orElse(""));
        KeySource secret = own.hmacSecretFile()
                .map(file -> KeySource.inFile(Path.of(file.strip())))
                .orElseGet(inSettings);
        if (secret.current().isEmpty()) {
            problems.add(prefix + "hmac-secret-file: " + secret.complaint().orElseThrow());
        }
        return secret;
    }

    private KeySource fixed(String secret) {
        SettingsCheck.problemOfKey(secret.strip())
                .ifPresent(problem -> problems.add(prefix + "hmac-secret " + problem));
        return KeySource.fixed(secret);
    }
}
