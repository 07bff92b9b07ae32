package io.alohubsync.cli.password;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a password comes from: a person at a terminal, or a program by standard input. */
interface PasswordInput {

    /** Whether a person types it, and may mistype. */
    boolean isPerson();

    /**
     * Without an echo where a person types.
     *
     * @return null: there is none, or it is no UTF-8 text of a bounded length
     */
    char @Nullable [] read(String prompt) throws IOException;

    record Terminal(Console console) implements PasswordInput {
        @Override
        public boolean isPerson() {
            return true;
        }

        @Override
        public char @Nullable [] read(String prompt) {
            return console.readPassword("%s ", prompt);
        }
    }

    /** Its first line. */
    record Piped(InputStream input) implements PasswordInput {

        private static final int MOST_BYTES = 4096;

        @Override
        public boolean isPerson() {
            return false;
        }

        @Override
        public char @Nullable [] read(String prompt) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                if (line.size() == MOST_BYTES) {
                    return null;
                }
                line.write(next);
            }
            byte[] bytes = line.toByteArray();
            int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, length))
                        .toString()
                        .toCharArray();
            } catch (CharacterCodingException otherEncoding) {
                return null;
            }
        }
    }
}
