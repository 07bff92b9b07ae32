package io.alohubsync.intake;

import io.alohubsync.contact.Reason;
import org.jspecify.annotations.Nullable;

/** Ends a request with an answer that says why. It is no fault: it has no stack. */
public final class Refused extends RuntimeException {

    private final Refusal refusal;
    private final @Nullable String field;
    private final @Nullable Reason reason;
    private final @Nullable Detail detail;
    private final long retryAfterSeconds;

    private Refused(
            Refusal refusal,
            @Nullable String field,
            @Nullable Reason reason,
            @Nullable Detail detail,
            long retryAfterSeconds) {
        super(refusal.code(), null, false, false);
        this.refusal = refusal;
        this.field = field;
        this.reason = reason;
        this.detail = detail;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static Refused because(Refusal refusal) {
        return new Refused(refusal, null, null, null, 0);
    }

    /** @param detail a name or a unit that both languages write alike */
    public static Refused because(Refusal refusal, String detail) {
        return because(refusal, Detail.alike(detail));
    }

    public static Refused because(Refusal refusal, Detail detail) {
        return new Refused(refusal, null, null, detail, 0);
    }

    public static Refused field(Refusal refusal, String field) {
        return new Refused(refusal, field, null, Detail.alike(field), 0);
    }

    public static Refused phone(Reason reason) {
        return new Refused(Refusal.PHONE, "phone", reason, new Detail(reason.english(), reason.vietnamese()), 0);
    }

    public static Refused later(Refusal refusal, long seconds) {
        return new Refused(refusal, null, null, null, Math.max(1, seconds));
    }

    public Refusal refusal() {
        return refusal;
    }

    /** 0: whenever the client likes. */
    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    public Problem problem(boolean inVietnamese) {
        Refusal.Words words = refusal.words(inVietnamese);
        return new Problem(
                refusal.status(),
                refusal.code(),
                detail == null ? words.sentence() : words.sentence().replace("%s", detail.in(inVietnamese)),
                words.remedy(),
                field,
                reason == null ? null : reason.code(),
                retryAfterSeconds == 0 ? null : retryAfterSeconds);
    }
}
