package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.ScriptedDatabase;
import io.alohubsync.customer.NewRow;
import io.alohubsync.customer.OutboxNumbers;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which scan comes next; what each finds is for the tests with the real database. */
class NewRowsSqlTest {

    private static final String FROM_THE_MARK = "AS level";

    private long now = 1;
    private boolean tooMany; // dead entries
    private final LowWaterMark mark = new LowWaterMark(() -> now);
    private final ScriptedDatabase database = new ScriptedDatabase(this::answer);

    private List<SequencedMap<String, Object>> answer(String sql, List<Object> values) throws SQLException {
        if (tooMany && !sql.contains(FROM_THE_MARK)) {
            now += TimeUnit.SECONDS.toNanos(20);
            throw new SQLException("canceling statement due to statement timeout", "57014");
        }
        return List.of(row(1), row(2));
    }

    private static SequencedMap<String, Object> row(long id) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("account", "default");
        row.put("phone", "0868793800");
        row.put("name", null);
        row.put("email", null);
        row.put("priority", (short) 0);
        row.put("source_version", null);
        row.put("ranks_by_id", false);
        return row;
    }

    private List<NewRow> lock() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return NewRowsSql.lock(connection, new NewRowsSql.Scan(2, null, OutboxNumbers.Highest.NONE), mark);
        }
    }

    private boolean wasFromTheMark() {
        return database.statements().getLast().contains(FROM_THE_MARK);
    }

    @Test
    void a_full_scan_that_the_server_ends_is_not_the_next_scan_too() throws SQLException {
        assertEquals(2, lock().size());
        assertFalse(wasFromTheMark());
        now += TimeUnit.SECONDS.toNanos(1);
        tooMany = true;
        assertThrows(SQLException.class, this::lock);
        assertEquals(2, lock().size());
        assertTrue(wasFromTheMark());
    }
}
