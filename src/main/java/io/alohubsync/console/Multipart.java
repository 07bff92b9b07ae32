package io.alohubsync.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form with a file in it (multipart/form-data), read as it comes: 64 KiB of it are in memory.
 * Quarkus' own reader would keep the file on disk, and headers of any length in memory. One thread
 * uses it.
 */
final class Multipart {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_HEADERS = 4 << 10;
    private static final int LONGEST_FIELD = 8 << 10;
    private static final int MOST_PARTS = 32;
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\\s;\",]{1,70})).*");
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|[;\\s])name=\"([^\"]*)\"");
    private static final Pattern FILE = Pattern.compile("(?i)(?:^|[;\\s])filename=\"([^\"]*)\"");
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^content-disposition:\\s*form-data\\s*(;.*)$");

    /** It is no such form, or breaks off. */
    static final class Malformed extends IOException {
        Malformed() {
            super("no sound multipart form");
        }
    }

    /**
     * A field or a file.
     *
     * @param file its name; null: it is a field
     */
    record Part(String name, @Nullable String file) {}

    private final InputStream body;
    private final byte[] delimiter; // with the line end before it
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private int parts;
    private boolean inPart;

    Multipart(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        buffer[0] = '\r'; // the first delimiter stands at the begin, without a line end
        buffer[1] = '\n';
        this.end = 2;
    }

    /** @return null: it is no form with a file */
    static @Nullable String boundary(@Nullable String contentType) {
        Matcher type = BOUNDARY.matcher(contentType == null ? "" : contentType);
        return !type.matches() ? null : type.group(1) == null ? type.group(2) : type.group(1);
    }

    /** The rest of the part before is skipped. @return null: there are no more */
    @Nullable
    Part next() throws IOException {
        byte[] skipped = new byte[8 << 10];
        inPart = inPart || parts == 0; // what stands before the first one is none
        while (read(skipped) >= 0) {}
        String behind = line(4);
        if (behind.equals("--")) {
            return null;
        }
        if (!behind.isEmpty() || ++parts > MOST_PARTS) {
            throw new Malformed();
        }
        Part part = part(headers());
        inPart = true;
        return part;
    }

    private static Part part(String headers) throws Malformed {
        Matcher disposition = DISPOSITION.matcher(headers);
        if (!disposition.find()) {
            throw new Malformed();
        }
        Matcher name = NAME.matcher(disposition.group(1));
        Matcher file = FILE.matcher(disposition.group(1));
        if (!name.find()) {
            throw new Malformed();
        }
        return new Part(name.group(1), file.find() ? file.group(1).replaceFirst("(?s).*[/\\\\]", "") : null);
    }

    private String headers() throws IOException {
        StringBuilder headers = new StringBuilder();
        for (String line = line(LONGEST_HEADERS); !line.isEmpty(); line = line(LONGEST_HEADERS)) {
            headers.append(line).append('\n');
            if (headers.length() > LONGEST_HEADERS) {
                throw new Malformed();
            }
        }
        return headers.toString();
    }

    /** Without its end. Behind the last delimiter there may be none. */
    private String line(int longest) throws IOException {
        int length = 0;
        while (true) {
            while (start + length + 1 < end) {
                if (buffer[start + length] == '\r' && buffer[start + length + 1] == '\n') {
                    String line = new String(buffer, start, length, StandardCharsets.UTF_8);
                    start += length + 2;
                    return line;
                }
                if (++length > longest) {
                    throw new Malformed();
                }
            }
            if (!fill()) {
                String rest = new String(buffer, start, end - start, StandardCharsets.UTF_8);
                if (rest.equals("--")) {
                    start = end;
                    return rest;
                }
                throw new Malformed();
            }
        }
    }

    /** Of the part. @return -1: it has no more */
    int read(byte[] into) throws IOException {
        if (!inPart) {
            return -1;
        }
        while (true) {
            int found = delimiterFrom(start);
            int certain = found >= 0 ? found : Math.max(start, end - delimiter.length + 1);
            if (certain > start) {
                int count = Math.min(into.length, certain - start);
                System.arraycopy(buffer, start, into, 0, count);
                start += count;
                return count;
            }
            if (found >= 0) {
                start += delimiter.length;
                inPart = false;
                return -1;
            }
            if (!fill()) {
                throw new Malformed();
            }
        }
    }

    private int delimiterFrom(int from) {
        for (int i = from; i <= end - delimiter.length; i++) {
            if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return -1;
    }

    /** @return false: the body is over */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            throw new Malformed();
        }
        int count = body.read(buffer, end, buffer.length - end);
        end += Math.max(count, 0);
        return count > 0;
    }

    /** The part as the value of a field. */
    String text() throws IOException {
        byte[] all = new byte[LONGEST_FIELD];
        byte[] some = new byte[1 << 10];
        int length = 0;
        for (int count = read(some); count >= 0; count = read(some)) {
            if (length + count > all.length) {
                throw new Malformed();
            }
            System.arraycopy(some, 0, all, length, count);
            length += count;
        }
        return new String(all, 0, length, StandardCharsets.UTF_8);
    }
}
