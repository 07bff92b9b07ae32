package io.alohubsync.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void a_body_up_to_the_limit_is_read() {
        byte[] body = new byte[32 << 10];
        assertArrayEquals(body, read(new ByteArrayInputStream(body)));
    }

    @Test
    void a_larger_one_is_refused_and_only_so_much_of_it_is_read() {
        AtomicLong sent = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                sent.incrementAndGet();
                return 'a';
            }
        };
        Refused refused = assertThrows(Refused.class, () -> read(endless));
        assertEquals(413, refused.refusal().status());
        assertTrue(sent.get() < 2 << 20, sent::toString);
    }

    @Test
    void a_body_that_trickles_is_given_up() {
        InputStream slow = new InputStream() {
            @Override
            public int read(byte[] piece, int at, int length) {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                piece[at] = 'a';
                return 1;
            }

            @Override
            public int read() {
                return 'a';
            }
        };
        Refused refused = assertThrows(Refused.class, () -> read(slow));
        assertEquals(408, refused.refusal().status());
        assertEquals(Duration.ofSeconds(11).toNanos(), nanos.get());
    }

    @Test
    void a_client_that_goes_is_no_fault() {
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        assertEquals(
                408, assertThrows(Refused.class, () -> read(gone)).refusal().status());
    }

    private byte[] read(InputStream stream) {
        return Body.read(stream, 32 << 10, Duration.ofSeconds(10), nanos::get);
    }

    @Test
    void lines_are_numbered_and_the_last_may_lack_its_end() {
        Lines lines = Lines.of(pieces("a\n\nbc"));
        assertEquals("a", next(lines));
        assertEquals("", next(lines));
        assertEquals("bc", next(lines));
        assertEquals(3, lines.number());
        assertFalse(lines.hasNext());
    }

    @Test
    void an_end_of_line_at_the_end_begins_no_line() {
        Lines lines = Lines.of(pieces("a\n"));
        next(lines);
        assertFalse(lines.hasNext());
    }

    @Test
    void lines_go_on_from_piece_to_piece_and_what_was_read_is_forgotten() {
        Deque<byte[]> pieces = pieces("ab", "c\n", "d", "e\n\nf", "\n", "g");
        Lines lines = Lines.of(pieces);
        assertEquals("abc", next(lines));
        assertEquals(4, pieces.size());
        assertEquals("de", next(lines));
        assertEquals("", next(lines));
        assertEquals("f", next(lines));
        assertEquals("g", next(lines));
        assertEquals(0, pieces.size());
        assertFalse(lines.hasNext());
    }

    @Test
    void of_a_line_that_is_too_long_no_more_is_kept() {
        Lines lines = Lines.of(pieces("abcdef", "ghi\nj"));
        assertEquals(5, lines.next(4).length);
        assertEquals("j", next(lines));
    }

    private static Deque<byte[]> pieces(String... texts) {
        Deque<byte[]> pieces = new ArrayDeque<>();
        for (String text : texts) {
            pieces.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return pieces;
    }

    private static String next(Lines lines) {
        return Body.text(lines.next(100));
    }

    @Test
    void ten_thousand_lines_are_a_batch_and_one_more_is_none() {
        assertTrue(Lines.of(pieces("x\n".repeat(10_000))).hasNext());
        Deque<byte[]> more = pieces("x\n".repeat(10_000), "x");
        assertEquals(
                413, assertThrows(Refused.class, () -> Lines.of(more)).refusal().status());
        assertThrows(Refused.class, () -> Lines.of(pieces()));
    }
}
