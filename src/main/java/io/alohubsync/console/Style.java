package io.alohubsync.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page's style sheet. It stands in the page, and the browser takes it by its hash: no second request, and no other style. */
final class Style {

    static final String CSS = read();

    private Style() {}

    private static String read() {
        try (InputStream file = Style.class.getResourceAsStream("/console/page.css")) {
            if (file == null) {
                throw new IllegalStateException("console/page.css is missing in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As a Content-Security-Policy names it. */
    static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(CSS.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
