package io.alohubsync.intake.webhook;

import io.alohubsync.account.KeySource;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.config.SettingsCheck;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.intake.Intake;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sources with their mapping and signature, as set. */
@ApplicationScoped
class Platforms {

    private static final int OK = 200;

    private final AlohubSettings settings;
    private final Intake intake;
    private final Map<String, Platform> platforms = new TreeMap<>(); // written at the start
    private final List<String> problems = new ArrayList<>();

    Platforms(AlohubSettings settings, Intake intake) {
        this.settings = settings;
        this.intake = intake;
    }

    /** @throws SettingsProblem a mapping or a signature is unsound */
    void onStart(@Observes StartupEvent event) {
        new TreeMap<>(settings.intake().sources()).forEach(this::add);
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
    }

    /** A source without settings of its own sends the fields of the lead API. */
    Platform of(String source) {
        Platform set = platforms.get(source);
        return set == null ? new Platform(intake.named(source), Mapping.plain(), null, OK) : set;
    }

    /** Its payloads are signed: it needs no token. */
    boolean isSigned(String source) {
        Platform set = platforms.get(source);
        return set != null && set.signature() != null;
    }

    private void add(String name, SourceSettings own) {
        String prefix = "alohub.intake.sources." + name + ".";
        Optional<Preset> preset = own.preset().flatMap(Preset::named);
        if (own.preset().isPresent() && preset.isEmpty()) {
            problems.add(prefix + "preset is unknown: set it to one of " + Preset.names()
                    + ", or leave it out and set phone, name and email.");
        }
        int answer = own.answerStatus().orElse(OK);
        if (answer < 200 || answer > 299) {
            problems.add(prefix + "answer-status must be between 200 and 299.");
        }
        Mapping mapping = mapping(prefix, own, preset);
        Signature signature = signature(prefix, own, preset);
        platforms.put(name, new Platform(intake.named(name), mapping, signature, answer));
    }

    private Mapping mapping(String prefix, SourceSettings own, Optional<Preset> preset) {
        try {
            return Mapping.of(own, preset);
        } catch (IllegalArgumentException unsound) {
            problems.add(prefix + "phone, name, email, reference, version and items take JSON pointers, for example"
                    + " /customer/phone | /billing/phone: correct the one that is empty.");
            return Mapping.plain();
        }
    }

    private @Nullable Signature signature(String prefix, SourceSettings own, Optional<Preset> preset) {
        if (own.hmacSecret().isEmpty() && own.hmacSecretFile().isEmpty()) {
            if (own.hmacHeader().isPresent()) {
                problems.add(prefix + "hmac-header is set without a secret: set " + prefix + "hmac-secret-file too.");
            }
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
        KeySource secret = secret(prefix, own);
        return new Signature(
                header,
                secret,
                own.hmacAlgorithm().orElse(null),
                own.hmacEncoding().orElse(null));
    }

    private KeySource secret(String prefix, SourceSettings own) {
        if (own.hmacSecret().isPresent() && own.hmacSecretFile().isPresent()) {
            problems.add(prefix + "hmac-secret and " + prefix + "hmac-secret-file are both set: keep one of them.");
        }
        Supplier<KeySource> inSettings = () -> fixed(prefix, own.hmacSecret().orElse(""));
        KeySource secret = own.hmacSecretFile()
                .map(file -> KeySource.inFile(Path.of(file.strip())))
                .orElseGet(inSettings);
        if (secret.current().isEmpty()) {
            problems.add(prefix + "hmac-secret-file: " + secret.complaint().orElseThrow());
        }
        return secret;
    }

    private KeySource fixed(String prefix, String secret) {
        SettingsCheck.problemOfKey(secret.strip())
                .ifPresent(problem -> problems.add(prefix + "hmac-secret " + problem));
        return KeySource.fixed(secret);
    }
}
