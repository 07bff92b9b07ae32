package io.alohubsync.alohub;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an answer's content: gzip and deflate, also where the request did not ask for them. It
 * stops at {@link Answer#MAX_BODY} decoded bytes, so a small compressed answer can't fill the
 * memory.
 *
 * @param cut     there was more
 * @param garbled it can't be decoded
 */
record Content(byte[] bytes, boolean cut, boolean garbled) {

    private static final Content GARBLED = new Content(new byte[0], false, true);

    /**
     * @param encoding the header Content-Encoding; null: none
     * @param cut      the raw bytes are not all
     */
    static Content of(byte[] raw, @Nullable String encoding, boolean cut) {
        if (isGzip(raw)) { // whatever the header says: no text begins like this
            return decoded(raw, cut, Encoding.GZIP);
        }
        String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "deflate", "x-deflate" -> deflated(raw, cut);
            case "br", "zstd", "compress", "x-compress" -> raw.length == 0 ? new Content(raw, cut, false) : GARBLED;
            default -> new Content(raw, cut, false); // "identity", or a gzip header without compressed content
        };
    }

    private enum Encoding {
        GZIP,
        ZLIB,
        RAW;

        InputStream stream(byte[] raw, Inflater inflater) throws IOException {
            ByteArrayInputStream bytes = new ByteArrayInputStream(raw);
            return this == GZIP ? new GZIPInputStream(bytes, 4096) : new InflaterInputStream(bytes, inflater, 4096);
        }
    }

    private static boolean isGzip(byte[] raw) {
        return raw.length > 2 && raw[0] == 0x1F && raw[1] == (byte) 0x8B;
    }

    /** With zlib's header, as the standard says, or without, as some servers send it. */
    private static Content deflated(byte[] raw, boolean cut) {
        if (raw.length < 2 || raw[0] == '{' || raw[0] == '[') { // not compressed, whatever the header says
            return new Content(raw, cut, false);
        }
        boolean zlib = (raw[0] & 0x0F) == 8 && (((raw[0] & 0xFF) << 8) | (raw[1] & 0xFF)) % 31 == 0;
        return decoded(raw, cut, zlib ? Encoding.ZLIB : Encoding.RAW);
    }

    private static Content decoded(byte[] raw, boolean cut, Encoding encoding) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(4096);
        Inflater inflater = new Inflater(encoding == Encoding.RAW);
        try (InputStream stream = encoding.stream(raw, inflater)) {
            byte[] buffer = new byte[4096];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                int room = Answer.MAX_BODY - decoded.size();
                decoded.write(buffer, 0, Math.min(read, room));
                if (read > room) {
                    return new Content(decoded.toByteArray(), true, false);
                }
            }
            return new Content(decoded.toByteArray(), cut, false);
        } catch (IOException broken) {
            return cut ? new Content(decoded.toByteArray(), true, decoded.size() == 0) : GARBLED;
        } finally {
            inflater.end();
        }
    }
}
