package io.alohubsync.operate.problems;

import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Why;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What makes a group of problems.
 *
 * @param reason of a failure the outcome and the HTTP status ({@code REFUSED.422}), of a rejection
 *               a code ({@code phone.letters})
 * @param source of the customer's newest row, or of the rejected row; null: it names none
 */
public record ProblemKey(
        Kind kind,
        @Personal(Personal.Kind.SYSTEM) String account,
        String reason,
        @Personal(Personal.Kind.SYSTEM) @Nullable String source) {

    private static final int LONGEST = 2000;
    private static final String SEPARATOR = "\u0001";

    public enum Kind {
        /** Customers whose last call failed. */
        FAILURE,
        /** Rows that were never sent. */
        REJECTION
    }

    /** In letters and digits, legible to everybody: see {@link GroupIds}. */
    public String text() {
        String all = String.join(SEPARATOR, kind.name(), account, reason, source == null ? "-" : "+" + source);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Declined it is no key */
    public static ProblemKey of(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException();
            }
            String all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                    .toString();
            String[] parts = all.split(SEPARATOR, 4);
            if (parts.length != 4 || all.indexOf('\0') >= 0) {
                throw new IllegalArgumentException();
            }
            ProblemKey key = new ProblemKey(
                    Kind.valueOf(parts[0]),
                    parts[1],
                    parts[2],
                    parts[3].startsWith("+") ? parts[3].substring(1) : null);
            if (!key.text().equals(text)) {
                throw new IllegalArgumentException();
            }
            return key;
        } catch (IllegalArgumentException | CharacterCodingException none) {
            throw Declined.field(Why.GROUP, "group");
        }
    }
}
