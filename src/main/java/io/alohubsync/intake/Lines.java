package io.alohubsync.intake;

import java.nio.ByteBuffer;

/** The lines of a body, one after the other. One thread uses it. */
final class Lines {

    static final int MOST = 10_000;

    private final byte[] body;
    private int at;
    private int number;

    private Lines(byte[] body) {
        this.body = body;
    }

    /** @throws Refused it has too many lines, or none */
    static Lines of(byte[] body) {
        int lines = 0;
        for (int i = 0; i < body.length; i++) {
            lines += body[i] == '\n' || i == body.length - 1 ? 1 : 0;
        }
        if (lines > MOST) {
            throw Refused.because(Refusal.TOO_LARGE, MOST + " lines");
        }
        if (lines == 0) {
            throw Refused.because(Refusal.NO_BODY);
        }
        return new Lines(body);
    }

    boolean hasNext() {
        return at < body.length;
    }

    /** Of the line that {@link #next} gave, from 1. */
    int number() {
        return number;
    }

    /** @return without its end */
    ByteBuffer next() {
        int end = at;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        ByteBuffer line = ByteBuffer.wrap(body, at, end - at);
        at = end + 1;
        number++;
        return line;
    }
}
