package io.alohubsync.intake.write;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements of {@link EntryWriter}. Each runs in the caller's transaction. */
final class EntrySql {

    private static final Sql INSERT_ROWS = Sql.named("intake/insert-rows");
    private static final Sql LOCK_KEYS = Sql.named("intake/lock-keys");
    private static final Sql READ_KEYS = Sql.named("intake/read-keys");
    private static final Sql INSERT_KEYS = Sql.named("intake/insert-keys");

    private EntrySql() {}

    /** @return the ids of the rows, in the order of the entries */
    static List<Long> insertRows(Connection connection, List<OutboxEntry> entries) throws SQLException {
        return INSERT_ROWS
                .on(connection)
                .texts("accounts", entries, OutboxEntry::account)
                .texts("phones", entries, OutboxEntry::phone)
                .texts("names", entries, OutboxEntry::name)
                .texts("emails", entries, OutboxEntry::email)
                .texts("sources", entries, OutboxEntry::source)
                .texts("references", entries, OutboxEntry::reference)
                .longs("versions", entries, OutboxEntry::version)
                .shorts("priorities", entries, OutboxEntry::priority)
                .texts("traceparents", entries, OutboxEntry::traceparent)
                .list(row -> row.getLong(1));
    }

    /**
     * Until the transaction ends: one lock for each request, however many customers it has, since
     * the server has one table of locks for all.
     *
     * @return the requests that no other transaction has
     */
    static Set<String> lockKeys(Connection connection, List<OutboxEntry> keyed) throws SQLException {
        Set<String> requests = keyed.stream().map(entry -> key(entry).request()).collect(Collectors.toSet());
        return new HashSet<>(LOCK_KEYS
                .on(connection)
                .texts("keys", requests, request -> request)
                .list(row -> row.getString(1)));
    }

    /** @param row that the key's first request wrote */
    record Known(String payload, long row) {}

    /** @return by digest */
    static Map<String, Known> readKeys(Connection connection, List<OutboxEntry> keyed) throws SQLException {
        return READ_KEYS
                .on(connection)
                .texts("keys", keyed, entry -> key(entry).digest())
                .query(row -> {
                    Map<String, Known> known = new HashMap<>();
                    while (row.next()) {
                        known.put(row.getString(1), new Known(row.getString(2), row.getLong(3)));
                    }
                    return known;
                });
    }

    /** @param rows of the entries, in their order */
    static void insertKeys(Connection connection, List<OutboxEntry> keyed, List<Long> rows) throws SQLException {
        INSERT_KEYS
                .on(connection)
                .texts("keys", keyed, entry -> key(entry).digest())
                .texts("payloads", keyed, entry -> key(entry).payload())
                .longs("rows", rows, row -> row)
                .update();
    }

    static IdempotencyKey key(OutboxEntry entry) {
        return Objects.requireNonNull(entry.key());
    }
}
