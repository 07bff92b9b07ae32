package io.alohubsync.api;

import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.upload.Receipt;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that is a file, read as it comes. Whatever is wrong, the answer follows the whole body:
 * most clients read none before.
 */
record FileBody(InputStream body, HttpHeaders headers) {

    /**
     * @param begin called when the body is known to be a file
     * @return the upload's id. @throws BadBody it is a form, or broke off
     */
    String into(Supplier<Receipt> begin) {
        try {
            type();
            return whole(begin.get());
        } finally {
            drain();
        }
    }

    private void type() {
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        boolean isForm = type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
        boolean isEncoded = encoding != null && !encoding.strip().equalsIgnoreCase("identity");
        if (isForm || isEncoded) {
            throw new BadBody(Trouble.NO_FILE);
        }
    }

    private String whole(Receipt receipt) {
        Receipt open = receipt;
        try {
            receipt.fill(body::read);
            String id = receipt.complete();
            open = null;
            return id;
        } catch (IOException broken) {
            throw new BadBody(Trouble.BROKEN_OFF);
        } finally {
            abandon(open);
        }
    }

    private static void abandon(@Nullable Receipt receipt) {
        try {
            if (receipt != null) {
                receipt.abandon();
            }
        } catch (Unavailable away) {
            // it is deleted in time
        }
    }

    private void drain() {
        byte[] thrownAway = new byte[16 << 10];
        try {
            while (body.read(thrownAway) >= 0) {}
        } catch (IOException gone) {
            // the client is, or it has sent what is allowed at most
        }
    }
}
