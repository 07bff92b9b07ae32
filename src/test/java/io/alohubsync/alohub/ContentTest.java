package io.alohubsync.alohub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static final byte[] JSON =
            "{\"success\":\"1\",\"data\":{\"tên\":\"Thủy\"}}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"gzip", " GZIP ", "x-gzip", "identity", "deflate", "br"})
    void gzip_is_known_by_its_first_bytes_whatever_the_header_says(String header) throws IOException {
        assertRead(Content.of(gzip(JSON), header, false));
    }

    @Test
    void deflate_is_read_with_and_without_zlibs_header() throws IOException {
        assertRead(Content.of(deflate(JSON, false), "deflate", false));
        assertRead(Content.of(deflate(JSON, true), "Deflate", false));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"identity", "", "utf-8", "gzip", "deflate"})
    void what_is_not_compressed_is_read_as_it_is_although_a_header_says_so(String header) {
        assertRead(Content.of(JSON, header, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd"})
    void another_compression_is_garbled(String header) {
        assertTrue(Content.of(new byte[] {1, 2, 3}, header, false).garbled());
    }

    @Test
    void an_empty_body_is_empty_however_it_is_encoded() {
        for (String header : new String[] {"gzip", "deflate", "br", null}) {
            Content content = Content.of(new byte[0], header, false);
            assertEquals(0, content.bytes().length);
            assertFalse(content.garbled());
        }
    }

    @Test
    void a_bomb_is_read_no_further_than_64_kib() throws IOException {
        byte[] zeros = new byte[50_000_000];
        for (byte[] bomb : new byte[][] {gzip(zeros), deflate(zeros, false)}) {
            Content content = Content.of(Arrays.copyOf(bomb, Math.min(bomb.length, Answer.MAX_BODY)), "deflate", false);
            assertEquals(Answer.MAX_BODY, content.bytes().length);
            assertTrue(content.cut());
            assertFalse(content.garbled());
        }
    }

    @Test
    void a_body_of_just_64_kib_is_not_cut() throws IOException {
        Content content = Content.of(gzip(new byte[Answer.MAX_BODY]), "gzip", false);
        assertEquals(Answer.MAX_BODY, content.bytes().length);
        assertFalse(content.cut());
    }

    @Test
    void what_breaks_off_is_garbled_unless_we_cut_it_ourselves() throws IOException {
        byte[] whole = gzip(JSON);
        byte[] half = Arrays.copyOf(whole, whole.length - 12);
        assertTrue(Content.of(half, "gzip", false).garbled());
        Content cut = Content.of(half, "gzip", true);
        assertTrue(cut.cut());
        assertFalse(cut.garbled());
        byte[] broken = whole.clone();
        Arrays.fill(broken, 12, 20, (byte) 0xFF);
        assertTrue(Content.of(broken, "gzip", false).garbled());
    }

    private static void assertRead(Content content) {
        assertArrayEquals(JSON, content.bytes());
        assertFalse(content.cut());
        assertFalse(content.garbled());
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(bytes)) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] plain, boolean raw) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream stream = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, raw))) {
            stream.write(plain);
        }
        return bytes.toByteArray();
    }
}
