package io.alohubsync.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** Follows the newest rows' statuses, for people who watch the demo. */
final class StatusWatch {

    private static final Set<String> PASSING = Set.of("NEW", "PENDING", "SENDING");

    private final DataSource database;
    private final Map<Long, String> statuses = new HashMap<>();

    StatusWatch(DataSource database) {
        this.database = database;
    }

    /**
     * One line for each row that has come to another status, but for those that pass in a moment.
     */
    List<String> changes() throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id, alohub.masked(phone), status, reason FROM alohub.outbox_status"
                                + " WHERE id > (SELECT max(id) - 100 FROM alohub.customer_outbox) ORDER BY id")) {
            while (row.next()) {
                String mergeStatus = row.getString(3);
                String before = statuses.put(row.getLong(1), mergeStatus);
                if (!mergeStatus.equals(before) && !PASSING.contains(mergeStatus)) {
                    String reason = row.getString(4) == null ? "" : " - " + row.getString(4);
                    lines.add("row " + row.getLong(1) + " " + row.getString(2) + " " + mergeStatus + reason);
                }
            }
        }
        return lines;
    }
}
