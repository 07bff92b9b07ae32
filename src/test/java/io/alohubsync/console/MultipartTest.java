package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static final String FIELD = "--b\r\nContent-Disposition: form-data; name=\"proof\"\r\n\r\n";
    private static final String FILE =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\Khách hàng.csv\"\r\nContent-Type: text/csv\r\n\r\n";

    /** As a slow client sends it. */
    private static Multipart form(byte[] body, int atOnce) {
        InputStream whole = new ByteArrayInputStream(body);
        return new Multipart(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        return whole.read();
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        return whole.read(into, offset, Math.min(length, atOnce));
                    }
                },
                "b");
    }

    private static Multipart form(String body) {
        return form(body.getBytes(StandardCharsets.UTF_8), 1 << 16);
    }

    private static byte[] bytes(Multipart form) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[1000];
        for (int count = form.read(some); count >= 0; count = form.read(some)) {
            all.write(some, 0, count);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 1 << 16})
    void fields_and_files_are_read_in_any_pieces(int atOnce) throws IOException {
        String content = "a\r\n--\r\n-\r\n--\r\r\n--bb\r\r\n".replace("--bb", "--c");
        byte[] body = (FIELD + "Đúng\r\n" + FILE + content + "\r\n--b--\r\n").getBytes(StandardCharsets.UTF_8);
        Multipart form = form(body, atOnce);
        assertEquals(new Multipart.Part("proof", null), form.next());
        assertEquals("Đúng", form.text());
        assertEquals(new Multipart.Part("file", "Khách hàng.csv"), form.next());
        assertEquals(content, new String(bytes(form), StandardCharsets.UTF_8));
        assertNull(form.next());
    }

    @Test
    void a_file_larger_than_the_buffer_comes_whole_and_one_that_is_not_read_is_skipped() throws IOException {
        byte[] large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            body.writeBytes(FILE.getBytes(StandardCharsets.UTF_8));
            body.writeBytes(large);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes("--b--".getBytes(StandardCharsets.UTF_8));
        Multipart form = form(body.toByteArray(), 9_999);
        form.next();
        form.next();
        assertEquals(
                new String(large, StandardCharsets.ISO_8859_1), new String(bytes(form), StandardCharsets.ISO_8859_1));
        assertNull(form.next());
    }

    @Test
    void what_is_no_sound_form_is_malformed() {
        List<String> bodies = new ArrayList<>(List.of(
                "",
                "--b",
                "--b\r\n",
                "x",
                FIELD,
                FIELD + "no end",
                FIELD + "x\r\n--b",
                FIELD + "x".repeat(9000) + "\r\n--b--",
                "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=\"" + "a".repeat(5000) + "\"\r\n\r\nx\r\n--b--",
                "--b\r\n" + "A: b\r\n".repeat(2000) + "\r\nx\r\n--b--",
                (FIELD + "x\r\n").repeat(40) + "--b--"));
        for (String body : bodies) {
            assertThrows(
                    Multipart.Malformed.class,
                    () -> {
                        Multipart form = form(body);
                        while (form.next() != null) {
                            form.text();
                        }
                    },
                    body.length() > 100 ? body.substring(0, 100) : body);
        }
    }

    @Test
    void the_boundary_stands_in_the_content_type() {
        assertEquals("x-1", Multipart.boundary("multipart/form-data; boundary=x-1"));
        assertEquals("x 1", Multipart.boundary("Multipart/Form-Data; charset=utf-8; boundary=\"x 1\""));
        for (String other :
                new String[] {null, "", "application/json", "multipart/mixed; boundary=x", "multipart/form-data"}) {
            assertNull(Multipart.boundary(other));
        }
    }
}
