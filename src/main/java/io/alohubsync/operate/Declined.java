package io.alohubsync.operate;

import io.alohubsync.contact.Reason;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A request that can't be fulfilled for a reason that the person can change. It is no fault: it has
 * no stack.
 */
public final class Declined extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Why why;
    private final @Nullable String field;
    private final String detail;
    private final String detailVi;

    private Declined(Why why, @Nullable String field, String detail) {
        this(why, field, detail, detail);
    }

    private Declined(Why why, @Nullable String field, String detail, String detailVi) {
        super(why.name(), null, false, false);
        this.why = why;
        this.field = field;
        this.detail = detail;
        this.detailVi = detailVi;
    }

    public static Declined because(Why why) {
        return new Declined(why, null, "");
    }

    /** @param detail in place of {@code %s}; nothing that the request said */
    public static Declined because(Why why, String detail) {
        return new Declined(why, null, detail);
    }

    public static Declined field(Why why, String field) {
        return new Declined(why, field, field);
    }

    public static Declined field(Why why, String field, String detail) {
        return new Declined(why, field, detail);
    }

    /** @param reason why it is no phone of a customer's */
    public static Declined phone(Reason reason) {
        return new Declined(Why.PHONE, "phone", reason.english(), reason.vietnamese());
    }

    public Why why() {
        return why;
    }

    /** Of the request. */
    public @Nullable String field() {
        return field;
    }

    public String sentence(boolean inVietnamese) {
        return inVietnamese
                ? why.vietnamese().replace("%s", detailVi)
                : why.english().replace("%s", detail);
    }

    public String remedy(boolean inVietnamese) {
        return inVietnamese ? why.remedyVi() : why.remedy();
    }
}
