package io.alohubsync.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Reads a request's body: so many bytes at most, and in so much time at most. */
public final class Body {

    /**
     * Of one that is too large so much is read and thrown away: most clients read an answer only
     * when they have sent all.
     */
    private static final int DRAINED = 1 << 20;

    private static final int PIECE = 8 << 10;

    private final InputStream stream;
    private final LongSupplier nanoTime;
    private final long end;

    private Body(InputStream stream, Duration atMost, LongSupplier nanoTime) {
        this.stream = stream;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + atMost.toNanos();
    }

    /**
     * @param limit  bytes
     * @param atMost the time after which it is given up
     * @throws Refused it is larger, or slower
     */
    public static byte[] read(InputStream stream, int limit, Duration atMost, LongSupplier nanoTime) {
        Deque<byte[]> pieces = pieces(stream, limit, atMost, nanoTime);
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        ByteBuffer all = ByteBuffer.allocate(
                pieces.stream().mapToInt(piece -> piece.length).sum());
        pieces.forEach(all::put);
        return all.array();
    }

    /**
     * The same in pieces, in their order: each can be dropped after its use, and no copy of the
     * whole is made.
     */
    static Deque<byte[]> pieces(InputStream stream, int limit, Duration atMost, LongSupplier nanoTime) {
        try {
            return new Body(stream, atMost, nanoTime).pieces(limit);
        } catch (IOException broken) { // the client has gone, or sends nothing more
            throw Refused.because(Refusal.SLOW_BODY);
        }
    }

    private Deque<byte[]> pieces(int limit) throws IOException {
        Deque<byte[]> all = new ArrayDeque<>();
        byte[] piece = new byte[PIECE];
        int filled = 0;
        for (int count = stream.read(piece); count >= 0; count = stream.read(piece, filled, PIECE - filled)) {
            filled += count;
            if (all.size() * PIECE + filled > limit) {
                all.clear();
                drain(piece);
                throw Refused.because(
                        Refusal.TOO_LARGE, limit >= 1 << 20 ? (limit >> 20) + " MiB" : (limit >> 10) + " KiB");
            }
            if (filled == PIECE) {
                all.add(piece);
                piece = new byte[PIECE];
                filled = 0;
            }
            inTime();
        }
        if (filled > 0) {
            all.add(Arrays.copyOf(piece, filled));
        }
        return all;
    }

    private void drain(byte[] piece) throws IOException {
        int drained = 0;
        for (int count = stream.read(piece); count >= 0 && drained < DRAINED; count = stream.read(piece)) {
            drained += count;
            inTime();
        }
    }

    private void inTime() {
        if (nanoTime.getAsLong() - end > 0) {
            throw Refused.because(Refusal.SLOW_BODY);
        }
    }

    /** @throws Refused it is no UTF-8 */
    public static String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException otherwise) {
            throw Refused.because(Refusal.NOT_UTF_8);
        }
    }
}
