package io.alohubsync.console;

import io.alohubsync.access.FormGuard;
import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.upload.Receipt;
import io.alohubsync.operate.upload.UploadTerms;
import io.alohubsync.operate.upload.Uploads;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form that brings a file, read as it comes: the proof stands before the file. */
@ApplicationScoped
class UploadForm {

    private static final String FILE = "file";
    private static final String COLUMN = "column-";

    private final FormGuard guard;
    private final Uploads uploads;
    private final Looks looks;

    UploadForm(FormGuard guard, Uploads uploads, Looks looks) {
        this.guard = guard;
        this.uploads = uploads;
        this.looks = looks;
    }

    /** The form is none that this page has; the text says how. */
    static final class Junk extends Exception {
        private final int status;
        private final String text;

        Junk(int status, String text) {
            super(text, null, false, false);
            this.status = status;
            this.text = text;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }
    }

    /** What is left of the body: a browser shows no answer before it has sent all. */
    static void drain(InputStream body) {
        byte[] thrownAway = new byte[16 << 10];
        try {
            while (body.read(thrownAway) >= 0) {}
        } catch (IOException gone) {
            // the browser is, or it has sent what BodyLimits allows
        }
    }

    /**
     * @param fields takes what was typed.
     * @return the id of the upload.
     * @throws Junk the form is none that the page has
     */
    String received(HttpServerRequest request, InputStream body, Map<String, String> fields) throws IOException, Junk {
        String boundary = Multipart.boundary(request.getHeader(HttpHeaders.CONTENT_TYPE));
        if (boundary == null) {
            throw new Junk(415, "import.no-form");
        }
        Multipart form = new Multipart(body, boundary);
        Receipt receipt = null;
        try {
            for (Multipart.Part part = form.next(); part != null; part = form.next()) {
                String file = part.file();
                if (file == null) {
                    fields.put(part.name(), form.text());
                } else {
                    guard.require(request, fields.get(FormGuard.FIELD));
                    if (receipt != null || file.isEmpty() || !part.name().equals(FILE)) {
                        throw new Junk(400, "import.one-file");
                    }
                    receipt = uploads.begin(looks.actor(), file, terms(fields), null);
                    receipt.fill(form::read);
                }
            }
            guard.require(request, fields.get(FormGuard.FIELD));
            if (receipt == null) {
                throw new Junk(400, "import.one-file");
            }
            String id = receipt.complete();
            receipt = null;
            return id;
        } finally {
            abandon(receipt);
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

    private static UploadTerms terms(Map<String, String> fields) {
        return UploadTerms.of(fields.get("account"), fields.get("source"), fields.get("sheet"), columns(fields));
    }

    private static Map<String, String> columns(Map<String, String> fields) {
        Map<String, String> columns = new HashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(COLUMN)) {
                columns.put(name.substring(COLUMN.length()), value);
            }
        });
        return columns;
    }

    /** For the form that is shown again: as it was typed, sound or not. */
    static UploadTerms typed(Map<String, String> fields) {
        return new UploadTerms(
                fields.getOrDefault("account", ""),
                fields.getOrDefault("source", UploadTerms.USUAL_SOURCE),
                fields.getOrDefault("sheet", ""),
                columns(fields));
    }
}
