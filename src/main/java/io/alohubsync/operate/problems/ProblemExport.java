package io.alohubsync.operate.problems;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.RequestWait;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.CustomerLines;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.problems.ProblemKey.Kind;
import io.alohubsync.spreadsheet.SafeCsv;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of problems as CSV. It is read 500 at a time, so that its size does not matter. The
 * thread that writes it owns the count of its lines.
 */
public final class ProblemExport {

    private static final Sql READ_REFERENCES = Sql.named("operate/read-newest-references");
    private static final int AT_ONCE = 500;

    private static final List<String> HEADING = List.of(
            "Account",
            "Source",
            "Source's key",
            "Phone",
            "Name",
            "E-mail",
            "Status",
            "Reason",
            "Meaning",
            "Answer",
            "When");
    private static final List<String> HEADING_VI = List.of(
            "Tài khoản",
            "Nguồn",
            "Mã của nguồn",
            "Số điện thoại",
            "Họ tên",
            "Email",
            "Trạng thái",
            "Mã lý do",
            "Ý nghĩa",
            "Câu trả lời",
            "Lúc");

    private final PeopleDatabase database;
    private final Actor actor;
    private final ProblemKey key;
    private final ExportForm form;
    private final String meaning;
    private long lines;

    ProblemExport(PeopleDatabase database, Actor actor, ProblemKey key, ExportForm form) {
        this.database = database;
        this.actor = actor;
        this.key = key;
        this.form = form;
        this.meaning = Remedy.of(key).meaning(key, form.inVietnamese());
    }

    /** What the audit says of it: nothing that may be a person's. */
    String what() {
        String source = Sight.WORDS.of(key).source();
        return key.reason() + (source == null ? "" : " " + source);
    }

    /** @param lines that were written; null: it begins */
    void record(@Nullable Long lines, String why) {
        AuditLog.Entry entry = new AuditLog.Entry(Act.EXPORT, key.account(), null, null, lines, why);
        database.act(actor, connection -> {
            AuditLog.record(connection, entry);
            return true;
        });
    }

    /**
     * Writes it, and leaves the file open: closed after a failure, an answer that was cut anywhere
     * would have a regular end. Nothing is written before the first part is read. How many lines
     * were written is recorded at the end, whatever ended it.
     *
     * @throws Unavailable the database failed, maybe half-way
     */
    public void to(OutputStream file) throws IOException {
        RequestWait.ofEachPart();
        try {
            write(file);
        } catch (IOException | RuntimeException | Error failure) {
            try {
                record(lines, "the file broke off: " + what());
            } catch (Unavailable away) {
                failure.addSuppressed(away); // the first entry is there
            }
            throw failure;
        }
        record(lines, "the file was written to its end: " + what());
    }

    private void write(OutputStream file) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
        SafeCsv csv = new SafeCsv(text, ',');
        List<String> heading = new ArrayList<>(form.inVietnamese() ? HEADING_VI : HEADING);
        heading.add(form.when(heading.removeLast()));
        csv.write(heading);
        long place = Long.MAX_VALUE;
        while (place > 0) {
            place = key.kind() == Kind.FAILURE ? failures(csv, place) : rejections(csv, place);
        }
        csv.flush();
    }

    private record Reference(
            @Nullable String source, @Nullable String key) {}

    private record Part(List<CustomerLine> lines, Map<Long, Reference> references, long next) {}

    private long failures(SafeCsv csv, long before) throws IOException {
        Part part = database.read(connection -> {
            ProblemRows.Listed<Long> found = ProblemRows.failed(connection, key, before, AT_ONCE);
            List<Long> ids = found.first(AT_ONCE);
            return new Part(
                    CustomerLines.of(connection, ids), references(connection, ids), found.next(AT_ONCE, id -> id));
        });
        for (CustomerLine line : part.lines()) {
            Reference reference = part.references().getOrDefault(line.id(), new Reference(null, null));
            csv.write(Arrays.asList(
                    line.account(),
                    reference.source(),
                    reference.key(),
                    form.phone(line.phone().replaceFirst("^\\+84", "0")),
                    line.name(),
                    line.email(),
                    form.status(line.status()),
                    key.reason(),
                    meaning,
                    form.words(line.error()),
                    form.time(line.updatedAt())));
            lines++;
        }
        return part.next();
    }

    private static Map<Long, Reference> references(Connection connection, List<Long> ids) throws SQLException {
        return READ_REFERENCES.on(connection).longs("ids", ids, id -> id).query(row -> {
            Map<Long, Reference> found = new HashMap<>();
            while (row.next()) {
                found.put(row.getLong(1), new Reference(row.getString(2), row.getString(3)));
            }
            return found;
        });
    }

    private long rejections(SafeCsv csv, long before) throws IOException {
        ProblemRows.Listed<RowLine> found =
                database.read(connection -> ProblemRows.rejected(connection, key, before, AT_ONCE));
        for (RowLine row : found.first(AT_ONCE)) {
            csv.write(Arrays.asList(
                    row.account(),
                    row.source(),
                    row.sourceRef(),
                    form.phone(row.phone()),
                    row.name(),
                    row.email(),
                    form.status(row.status()),
                    key.reason(),
                    meaning,
                    null,
                    form.time(row.at())));
            lines++;
        }
        return found.next(AT_ONCE, RowLine::id);
    }
}
