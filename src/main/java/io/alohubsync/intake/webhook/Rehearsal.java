package io.alohubsync.intake.webhook;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.intake.Body;
import io.alohubsync.intake.Refused;
import io.alohubsync.intake.Source;
import io.alohubsync.intake.write.OutboxEntry;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery of a platform would become: its way up to the rows, without one being written.
 * Immutable.
 */
public final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Platform platform;

    private Rehearsal(Platform platform) {
        this.platform = platform;
    }

    /**
     * @param signed whether the platform's signature is to be checked, for which its secret is
     *               needed
     * @throws SettingsProblem the source's mapping or signature is unsound
     */
    public static Rehearsal of(AlohubSettings settings, String source, boolean signed) {
        SourceSettings own = settings.intake().sources().get(source);
        Source named = Source.named(source, settings);
        if (own == null) {
            return new Rehearsal(PlatformSettings.none(named));
        }
        List<String> problems = new ArrayList<>();
        PlatformSettings read = new PlatformSettings(source, own, problems);
        Platform platform = signed ? read.platform(named) : read.unsigned(named);
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
        return new Rehearsal(platform);
    }

    /** @throws Refused it is too large */
    public static byte[] read(InputStream payload) {
        return Body.read(payload, Platform.MOST_BYTES, PATIENCE, System::nanoTime);
    }

    /**
     * The header that carries the platform's signature; null: it does not sign, or no signature is
     * to be checked.
     */
    public @Nullable String signatureHeader() {
        return platform.signature() == null ? null : platform.signature().header();
    }

    /** @param sent the header's value */
    public boolean isSigned(String sent, byte[] payload) {
        return platform.signature() != null && platform.signature().fits(sent, payload);
    }

    /** The status with which the platform would be answered. */
    public int answer() {
        return platform.answer();
    }

    /**
     * @param form fields of a form; else JSON
     * @throws Refused the delivery would be refused
     */
    public List<OutboxEntry> rows(byte[] payload, boolean form) {
        return platform.entries(Platform.payload(payload, form), null, null);
    }
}
