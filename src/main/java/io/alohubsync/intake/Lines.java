package io.alohubsync.intake;

import java.io.ByteArrayOutputStream;
import java.util.Deque;

/**
 * The lines of a body, one after the other. Lines that were returned are not kept. One thread uses
 * it.
 */
final class Lines {

    static final int MOST = 10_000;

    private final Deque<byte[]> rest;
    private int at; // in the first piece
    private int number;

    private Lines(Deque<byte[]> body) {
        this.rest = body;
    }

    /** @param body its pieces. @throws Refused it has too many lines, or none */
    static Lines of(Deque<byte[]> body) {
        int lines = 0;
        byte last = '\n';
        for (byte[] piece : body) {
            for (byte each : piece) {
                lines += each == '\n' ? 1 : 0;
                last = each;
            }
        }
        lines += last == '\n' ? 0 : 1;
        if (lines > MOST) {
            throw Refused.because(Refusal.TOO_LARGE, new Detail(MOST + " lines", MOST + " dòng"));
        }
        if (lines == 0) {
            throw Refused.because(Refusal.NO_BODY);
        }
        return new Lines(body);
    }

    boolean hasNext() {
        return !rest.isEmpty();
    }

    /** Of the line that {@link #next} gave, from 1. */
    int number() {
        return number;
    }

    /** Without its end. @param most bytes; of a longer line one more than that is given */
    byte[] next(int most) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isWhole = false;
        while (!isWhole && hasNext()) {
            byte[] piece = rest.getFirst();
            int end = end(piece);
            line.write(piece, at, Math.min(end - at, most + 1 - line.size()));
            isWhole = end < piece.length;
            at = end + 1;
            if (at >= piece.length) {
                rest.removeFirst();
                at = 0;
            }
        }
        number++;
        return line.toByteArray();
    }

    private int end(byte[] piece) {
        int end = at;
        while (end < piece.length && piece[end] != '\n') {
            end++;
        }
        return end;
    }
}
