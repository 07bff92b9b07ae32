package io.alohubsync.cli;

import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.contact.Reason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A customer as lines of text: what it is, then what happened to it, the oldest first. */
record Timeline(Words words, ZoneId zone) {

    private record Event(Instant at, String what, String detail) {}

    List<String> of(Map<String, @Nullable Object> customer) {
        List<String> lines = new ArrayList<>();
        lines.add(Rows.text(customer, "phone") + "  " + Rows.text(customer, "account") + "  "
                + Rows.text(customer, "status"));
        lines.add("  " + words.text("show.name", shown(customer, "name"), shown(customer, "email")));
        lines.add("  "
                + words.text(
                        "show.revisions", shown(customer, "wanted_revision"), shown(customer, "delivered_revision")));
        lines.add("  " + words.text("show.next", Rows.text(customer, "next")));
        List<Event> events = new ArrayList<>();
        events.addAll(events(customer.get("rows"), this::row));
        events.addAll(merges(customer.get("rows")));
        events.addAll(events(customer.get("attempts_made"), this::attempt));
        events.addAll(events(customer.get("acts"), this::act));
        lines.addAll(table(events));
        return lines;
    }

    /** Rows that are no customer's. */
    List<String> of(List<Map<String, @Nullable Object>> rows) {
        return table(rows.stream().map(this::row).toList());
    }

    private List<String> table(List<Event> events) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("  " + words.text("column.time"), words.text("column.what"), words.text("column.detail")));
        events.stream()
                .sorted(Comparator.comparing(Event::at))
                .forEach(event -> table.add(
                        List.of("  " + Times.local(event.at(), zone), event.what(), Table.plain(event.detail()))));
        return Table.lines(table);
    }

    private static List<Event> events(@Nullable Object rows, Function<Map<String, @Nullable Object>, Event> event) {
        return maps(rows).stream().map(event).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> maps(@Nullable Object rows) {
        return rows == null ? List.of() : (List<Map<String, @Nullable Object>>) rows;
    }

    private Event row(Map<String, @Nullable Object> row) {
        String column = words.isVietnamese() && row.get("reason_vi") != null ? "reason_vi" : "reason";
        String reason = row.get(column) == null ? codes(row.get("reason_codes")) : Rows.text(row, column);
        return new Event(
                at(row, "created_at"),
                words.text("show.row", Rows.text(row, "id")),
                joined(shown(row, "source") + "/" + shown(row, "source_ref"), Rows.text(row, "status"), reason));
    }

    /** Rows that were merged together are one event. */
    private List<Event> merges(@Nullable Object rows) {
        Map<Instant, List<Map<String, @Nullable Object>>> together = new TreeMap<>();
        for (Map<String, @Nullable Object> row : maps(rows)) {
            if (row.get("merged_at") instanceof Instant at) {
                together.computeIfAbsent(at, _ -> new ArrayList<>()).add(row);
            }
        }
        return together.entrySet().stream()
                .map(merge -> merge(merge.getKey(), merge.getValue()))
                .toList();
    }

    private Event merge(Instant at, List<Map<String, @Nullable Object>> rows) {
        String ids = rows.stream()
                .map(row -> Rows.text(row, "id"))
                .sorted(Comparator.comparing(Long::valueOf))
                .collect(Collectors.joining(", "));
        String revision = rows.stream()
                .filter(row -> row.get("revision") != null)
                .map(row -> Rows.number(row, "revision"))
                .max(Comparator.naturalOrder())
                .map(highest -> words.text("show.revision", highest))
                .orElse("");
        return new Event(at, words.text("show.merge", ids), revision);
    }

    private String codes(@Nullable Object codes) {
        return codes instanceof List<?> list
                ? String.join(
                        " ",
                        list.stream()
                                .map(String::valueOf)
                                .map(code -> code + ": "
                                        + Reason.withCode(code)
                                                .map(reason -> reason.sentence(words.isVietnamese()))
                                                .orElse(""))
                                .toList())
                : "";
    }

    private Event attempt(Map<String, @Nullable Object> attempt) {
        return new Event(
                at(attempt, "started_at"),
                words.text("show.attempt", Rows.text(attempt, "attempt"), Rows.text(attempt, "revision")),
                joined(
                        Rows.text(attempt, "outcome"),
                        Rows.text(attempt, "http_status"),
                        attempt.get("duration_ms") == null ? "" : Rows.text(attempt, "duration_ms") + " ms",
                        Rows.text(attempt, "error")));
    }

    private Event act(Map<String, @Nullable Object> act) {
        String way = Rows.text(act, "way"); // none: the user of the database
        String who = Rows.text(act, "who") + (way.isEmpty() ? "" : " (" + way + ")");
        return new Event(
                at(act, "at"), Rows.text(act, "act"), joined(words.text("show.by", who), Rows.text(act, "reason")));
    }

    /** A row may hold no time of its own. */
    private static Instant at(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Instant time ? time : Instant.EPOCH;
    }

    private static String shown(Map<String, @Nullable Object> row, String column) {
        String text = Rows.text(row, column);
        return text.isEmpty() ? "-" : Table.plain(text);
    }

    private static String joined(String... parts) {
        return String.join(
                "  ", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
    }
}
