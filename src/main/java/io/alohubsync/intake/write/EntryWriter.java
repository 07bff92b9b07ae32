package io.alohubsync.intake.write;

import static io.alohubsync.intake.write.EntrySql.key;

import io.alohubsync.intake.write.EntrySql.Known;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries and their keys in one transaction. An entry that the database cannot store is
 * found alone, by halves.
 */
public final class EntryWriter {

    private final DataSource database;

    public EntryWriter(DataSource database) {
        this.database = database;
    }

    /**
     * Returns after the commit.
     *
     * @return what became of each entry, in their order
     * @throws SQLException the database is away: a row of these may be written or not
     */
    public List<Written> write(List<OutboxEntry> entries) throws SQLException {
        try {
            return Transaction.run(database, connection -> write(connection, entries));
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutContent(failure)) {
                throw failure;
            }
            return entries.size() == 1 ? List.of(notStorable(entries.getFirst())) : writeHalves(entries);
        }
    }

    /** Names the field: the entry is tried without each, and nothing of it is kept. */
    private Written notStorable(OutboxEntry entry) throws SQLException {
        for (OutboxEntry.Field field : OutboxEntry.Field.values()) {
            OutboxEntry rest = entry.without(field);
            if (!rest.equals(entry) && isStorable(rest)) {
                return new Written.NotStorable(field.inRequest());
            }
        }
        return new Written.NotStorable(null);
    }

    private boolean isStorable(OutboxEntry entry) throws SQLException {
        try {
            return Transaction.run(database, connection -> {
                EntrySql.insertRows(connection, List.of(entry));
                connection.rollback();
                return true;
            });
        } catch (SQLException failure) {
            if (!SqlFailure.isAboutContent(failure)) {
                throw failure;
            }
            return false;
        }
    }

    private List<Written> writeHalves(List<OutboxEntry> entries) throws SQLException {
        int half = entries.size() / 2;
        List<Written> written = new ArrayList<>(write(entries.subList(0, half)));
        written.addAll(write(entries.subList(half, entries.size())));
        return written;
    }

    private static List<Written> write(Connection connection, List<OutboxEntry> entries) throws SQLException {
        Written[] written = answered(connection, entries);
        List<OutboxEntry> fresh = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            if (written[i] == null) {
                fresh.add(entries.get(i));
            }
        }
        if (!fresh.isEmpty()) {
            int next = 0;
            List<Long> rows = insert(connection, fresh);
            for (int i = 0; i < written.length; i++) {
                written[i] = written[i] == null ? new Written.Row(rows.get(next++)) : written[i];
            }
        }
        return List.of(written);
    }

    private static List<Long> insert(Connection connection, List<OutboxEntry> fresh) throws SQLException {
        List<Long> rows = EntrySql.insertRows(connection, fresh);
        List<OutboxEntry> keyed = keyed(fresh);
        if (!keyed.isEmpty()) {
            List<Long> ofKeys = new ArrayList<>();
            for (int i = 0; i < fresh.size(); i++) {
                if (fresh.get(i).key() != null) {
                    ofKeys.add(rows.get(i));
                }
            }
            EntrySql.insertKeys(connection, keyed, ofKeys);
        }
        return rows;
    }

    /**
     * What is known without a new row; null: nothing. The keys are locked first, so that one which
     * is not there afterwards is new. One that is there needs no lock: its request has ended.
     */
    private static Written[] answered(Connection connection, List<OutboxEntry> entries) throws SQLException {
        Written[] answers = new Written[entries.size()];
        List<OutboxEntry> keyed = keyed(entries);
        if (keyed.isEmpty()) {
            return answers;
        }
        Set<String> ours = EntrySql.lockKeys(connection, keyed);
        Map<String, Known> known = EntrySql.readKeys(connection, keyed);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < answers.length; i++) {
            if (entries.get(i).key() != null) {
                IdempotencyKey key = key(entries.get(i));
                Known before = known.get(key.digest());
                boolean isNew = before == null && ours.contains(key.request()) && seen.add(key.digest());
                answers[i] = isNew ? null : answer(before, key);
            }
        }
        return answers;
    }

    /** @param before null: another request with the key is still running */
    private static Written answer(@Nullable Known before, IdempotencyKey key) {
        if (before == null) {
            return new Written.KeyInUse();
        }
        return before.payload().equals(key.payload()) ? new Written.Row(before.row()) : new Written.KeyReused();
    }

    private static List<OutboxEntry> keyed(List<OutboxEntry> entries) {
        return entries.stream().filter(entry -> entry.key() != null).toList();
    }
}
