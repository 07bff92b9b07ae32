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
        Lines lines = Lines.of("a\n\nbc".getBytes(StandardCharsets.UTF_8));
        assertEquals("a", Body.text(lines.next()));
        assertEquals("", Body.text(lines.next()));
        assertEquals("bc", Body.text(lines.next()));
        assertEquals(3, lines.number());
        assertFalse(lines.hasNext());
    }

    @Test
    void an_end_of_line_at_the_end_begins_no_line() {
        Lines lines = Lines.of("a\n".getBytes(StandardCharsets.UTF_8));
        lines.next();
        assertFalse(lines.hasNext());
    }

    @Test
    void ten_thousand_lines_are_a_batch_and_one_more_is_none() {
        byte[] most = "x\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        assertTrue(Lines.of(most).hasNext());
        byte[] more = "x\n".repeat(10_001).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                413, assertThrows(Refused.class, () -> Lines.of(more)).refusal().status());
        assertThrows(Refused.class, () -> Lines.of(new byte[0]));
    }
}
