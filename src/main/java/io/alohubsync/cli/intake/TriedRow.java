package io.alohubsync.cli.intake;

import io.alohubsync.account.RowOrder;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.NewRow;
import io.alohubsync.intake.write.OutboxEntry;
import io.alohubsync.merge.ReadRow;
import io.alohubsync.merge.RowReader;
import io.alohubsync.merge.RowReader.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A row that a payload would become, as the merge would read it.
 *
 * @param read    null: it would be rejected
 * @param reasons what was repaired, or why it would be rejected
 */
record TriedRow(OutboxEntry entry, @Nullable ReadRow read, Set<Reason> reasons) {

    /** As the statements of the merge read a row. */
    private static final int PHONE_CUT = 201;

    private static final int TEXT_CUT = 2000;

    static TriedRow of(OutboxEntry entry, RowReader reader, Map<String, RowOrder> accounts) {
        NewRow row = new NewRow(
                0,
                0,
                entry.account(),
                cut(entry.phone(), PHONE_CUT),
                cut(entry.name(), TEXT_CUT),
                cut(entry.email(), TEXT_CUT),
                entry.priority(),
                entry.version(),
                true);
        return switch (reader.read(row, accounts, Instant.now())) {
            case Reading.Readable(ReadRow read) -> new TriedRow(entry, read, read.repairs());
            case Reading.Rejected(Set<Reason> reasons) -> new TriedRow(entry, null, reasons);
        };
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }

    boolean isUsable() {
        return read != null;
    }

    Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("account", entry.account());
        row.put("priority", entry.priority());
        row.put("status", read == null ? "REJECTED" : "NEW");
        row.put("phone", read == null ? null : read.key().phone().masked());
        row.put("name", read == null ? null : read.name());
        row.put("email", read == null ? null : read.email());
        row.put("source_ref", entry.reference());
        row.put("source_version", entry.version());
        row.put("reasons", new TreeSet<>(reasons).stream().map(Reason::code).toList());
        return row;
    }

    List<String> lines(Words words) {
        List<List<String>> table = new ArrayList<>();
        row().forEach((field, value) -> {
            if (!field.equals("reasons")) {
                table.add(
                        List.of(words.text("try." + field), value == null ? "-" : Table.plain(String.valueOf(value))));
            }
        });
        for (Reason reason : new TreeSet<>(reasons)) {
            table.add(List.of(reason.code(), reason.sentence(words.isVietnamese())));
        }
        return Table.lines(table);
    }
}
