package io.alohubsync.operate.upload;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What people do with files of customers: upload, confirm, cancel, read the report. */
@ApplicationScoped
public class Uploads {

    /** That have not ended, over all replicas. */
    public static final int MOST_WAITING = 3;

    private static final Sql LOCK = Sql.named("upload/lock-uploads");
    private static final Sql BEGIN = Sql.named("upload/begin-upload");
    private static final Sql LIST_ACCOUNTS = Sql.named("upload/list-accounts");
    private static final Sql READ_DIGEST = Sql.named("upload/read-digest");
    private static final Sql CONFIRM = Sql.named("upload/confirm-upload");
    private static final Sql IS_CONFIRMED = Sql.named("upload/is-confirmed");
    private static final Sql LOOK_AGAIN = Sql.named("upload/look-again");
    private static final Sql CANCEL = Sql.named("upload/cancel-upload");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_KEY = 255;

    private final PeopleDatabase database;

    Uploads(PeopleDatabase database) {
        this.database = database;
    }

    public List<String> accounts() {
        return database.read(Uploads::accounts);
    }

    private static List<String> accounts(Connection connection) throws SQLException {
        return LIST_ACCOUNTS.on(connection).list(row -> row.getString(1));
    }

    /**
     * Begins an upload; the file's bytes follow.
     *
     * @param name of the file
     * @param key  that the client chose: the same file with the same key is the same upload,
     *             however often it is sent. Null: a new one
     * @throws Declined there is no such account, too many uploads wait, or the key is another
     *                  file's
     */
    public Receipt begin(Actor actor, String name, UploadTerms terms, @Nullable String key) {
        String known = name.replaceAll("[\\p{Cntrl}\\uD800-\\uDFFF]", " ").strip();
        String once = Input.optional(key, "idempotency_key", LONGEST_KEY);
        String id = once == null ? UUID.randomUUID().toString() : id(actor, once);
        String worker = UUID.randomUUID().toString();
        return database.act(actor, connection -> {
            check(connection, terms);
            LOCK.on(connection).list(row -> 1);
            if (once != null) {
                OnItsWay.abandon(connection, id, null); // that was cut off
                String digest = sentBefore(connection, id, terms);
                if (digest != null) {
                    return new Receipt(id, new SentBefore(digest));
                }
            }
            List<String> begun = BEGIN.on(connection)
                    .set("id", id)
                    .set("worker", worker)
                    .set("person", actor.name())
                    .set("name", known.isEmpty() ? "?" : known.substring(0, Math.min(known.length(), LONGEST_NAME)))
                    .set("account", terms.account())
                    .set("source", terms.source())
                    .set("sheet", terms.sheet())
                    .set("columns", UploadRows.json(terms.columns()))
                    .set("most", MOST_WAITING)
                    .list(row -> row.getString(1));
            if (begun.isEmpty()) {
                throw Declined.because(Why.UPLOADS_WAIT);
            }
            return new Receipt(id, new OnItsWay(database, actor, id, worker));
        });
    }

    /** The same for the same person and key: so the table's own key keeps it once. */
    private static String id(Actor actor, String key) {
        String once = String.join("\0", "upload", actor.way().name(), actor.name(), key);
        return UUID.nameUUIDFromBytes(once.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** @return its digest; null: it was not. @throws Declined it was on other terms */
    private static @Nullable String sentBefore(Connection connection, String id, UploadTerms terms)
            throws SQLException {
        record Sent(String digest, String account, String source) {}
        List<Sent> sent = READ_DIGEST
                .on(connection)
                .set("id", id)
                .list(row -> new Sent(row.getString(1), row.getString(2), row.getString(3)));
        if (sent.isEmpty()) {
            return null;
        }
        Sent first = sent.getFirst();
        if (!first.account().equals(terms.account()) || !first.source().equals(terms.source())) {
            throw Declined.because(Why.UPLOAD_KEY_REUSED);
        }
        return first.digest();
    }

    private static void check(Connection connection, UploadTerms terms) throws SQLException {
        if (!accounts(connection).contains(terms.account())) {
            throw Declined.because(Why.NO_ACCOUNT);
        }
    }

    private static void changed(int rows) {
        if (rows != 1) {
            throw Declined.because(Why.UPLOAD_CHANGED);
        }
    }

    /** The newest ones. */
    public List<Upload> recent(int most) {
        return database.read(connection -> UploadRows.newest(connection, null, most));
    }

    /** The newest first. @throws Declined the cursor is none of this list */
    public Page<Upload> list(PageRequest page) {
        String before = page.cursor() == null ? null : UploadRows.cursor(page.cursor());
        List<Upload> uploads = database.read(connection -> UploadRows.newest(connection, before, page.size() + 1));
        return Page.of(uploads, page.size(), Upload::id);
    }

    /** @throws Declined there is none */
    public Upload get(String id) {
        String known = UploadRows.id(id);
        return database.read(connection -> UploadRows.one(connection, known));
    }

    /**
     * The rows are wanted. Repeated, it changes nothing.
     *
     * @throws Declined there is none, or it is not the preview that was seen and waits
     */
    public Upload confirm(Actor actor, String id, Confirmation said) {
        String known = UploadRows.id(id);
        String why = Input.optional(said.reason(), "reason", Input.REASON);
        record Confirmed(String account, long usable) {}
        return database.act(actor, connection -> {
            UploadRows.one(connection, known);
            List<Confirmed> confirmed = CONFIRM.on(connection)
                    .set("id", known)
                    .set("seen", said.seen())
                    .set("why", why)
                    .set("again", said.again())
                    .set("vietnamese", said.vietnamese())
                    .list(row -> new Confirmed(row.getString(1), row.getLong(2)));
            if (confirmed.isEmpty() && isConfirmed(connection, known, said)) {
                return UploadRows.one(connection, known);
            }
            changed(confirmed.size());
            Confirmed one = confirmed.getFirst();
            AuditLog.record(connection, AuditLog.Entry.ofMany(Act.IMPORT, one.account(), one.usable(), why));
            return UploadRows.one(connection, known);
        });
    }

    private static boolean isConfirmed(Connection connection, String id, Confirmation said) throws SQLException {
        return !IS_CONFIRMED
                .on(connection)
                .set("id", id)
                .set("seen", said.seen())
                .set("again", said.again())
                .list(row -> 1)
                .isEmpty();
    }

    /** Previews the file once more, on other terms. @throws Declined it is no preview that waits */
    public Upload lookAgain(Actor actor, String id, UploadTerms terms) {
        String known = UploadRows.id(id);
        return database.act(actor, connection -> {
            UploadRows.one(connection, known);
            check(connection, terms);
            int changed = LOOK_AGAIN
                    .on(connection)
                    .set("id", known)
                    .set("account", terms.account())
                    .set("source", terms.source())
                    .set("sheet", terms.sheet())
                    .set("columns", UploadRows.json(terms.columns()))
                    .update();
            changed(changed);
            return UploadRows.one(connection, known);
        });
    }

    /** Ends it; written rows stay. Repeated, it changes nothing. @throws Declined it has ended */
    public Upload cancel(Actor actor, String id) {
        String known = UploadRows.id(id);
        return database.act(actor, connection -> {
            UploadRows.one(connection, known);
            record Cancelled(String account, long written) {}
            List<Cancelled> cancelled =
                    CANCEL.on(connection).set("id", known).list(row -> new Cancelled(row.getString(1), row.getLong(2)));
            Upload now = UploadRows.one(connection, known);
            if (cancelled.isEmpty() && now.state() == Upload.State.CANCELLED) {
                return now;
            }
            changed(cancelled.size());
            Cancelled one = cancelled.getFirst();
            AuditLog.record(connection, AuditLog.Entry.ofMany(Act.IMPORT, one.account(), one.written(), "cancelled"));
            return now;
        });
    }

    /** The rejected lines, as CSV; recorded as an export. @throws Declined there is no report */
    public InputStream report(Actor actor, String id) throws IOException {
        String known = UploadRows.id(id);
        database.act(actor, connection -> {
            Upload upload = UploadRows.one(connection, known);
            if (!upload.hasReport() || Chunks.read(connection, known, Chunks.REPORT, 0) == null) {
                throw Declined.because(Why.REPORT_GONE);
            }
            UploadFigures figures = upload.figures();
            long lines = figures == null ? 0 : figures.rejected();
            AuditLog.record(
                    connection,
                    AuditLog.Entry.ofMany(Act.EXPORT, upload.terms().account(), lines, "rejected lines of an import"));
            return true;
        });
        return new GZIPInputStream(
                Chunks.stream(n -> database.read(connection -> Chunks.read(connection, known, Chunks.REPORT, n))));
    }
}
