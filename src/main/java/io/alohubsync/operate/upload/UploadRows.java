package io.alohubsync.operate.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Why;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads uploads; and the JSON in their rows, which a replica of another version may have written.
 */
final class UploadRows {

    private static final Sql READ = Sql.named("upload/read-uploads");
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final TypeReference<Map<String, String>> NAMED = new TypeReference<>() {};

    private UploadRows() {}

    /** @throws Declined it is the id of none */
    static String id(String text) {
        if (!isId(text)) {
            throw Declined.because(Why.NO_UPLOAD);
        }
        return text;
    }

    /** @throws Declined it is no place in the list */
    static String cursor(String text) {
        if (!isId(text)) {
            throw Declined.field(Why.CURSOR, "cursor");
        }
        return text;
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /**
     * The newest first.
     *
     * @param before null: from the newest on
     * @throws Declined there is none of that id
     */
    static List<Upload> newest(Connection connection, @Nullable String before, int most) throws SQLException {
        if (before != null && read(connection, before, null, 1).isEmpty()) {
            throw Declined.field(Why.CURSOR, "cursor");
        }
        return read(connection, null, before, most);
    }

    private static List<Upload> read(Connection connection, @Nullable String id, @Nullable String before, int most)
            throws SQLException {
        return READ.on(connection)
                .set("id", id)
                .set("before", before)
                .set("most", most)
                .list(UploadRows::upload);
    }

    static Upload one(Connection connection, String id) throws SQLException {
        return read(connection, id, null, 1).stream().findFirst().orElseThrow(() -> Declined.because(Why.NO_UPLOAD));
    }

    private static Upload upload(ResultSet row) throws SQLException {
        String kind = row.getString(11);
        String figures = row.getString(10);
        OffsetDateTime ended = row.getObject(19, OffsetDateTime.class);
        return new Upload(
                row.getString(1),
                Upload.State.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                new UploadTerms(row.getString(5), row.getString(6), row.getString(7), named(row.getString(8))),
                row.getLong(9),
                figures == null ? null : figures(figures),
                row.getInt(20),
                kind == null ? null : new Upload.Fault(kind, row.getLong(12), text(row.getString(13))),
                row.getString(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17) > 0,
                row.getObject(18, OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }

    private static String text(@Nullable String column) {
        return column == null ? "" : column;
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(value.getClass().getName());
        }
    }

    static Map<String, String> named(String json) {
        try {
            return JSON.readValue(json, NAMED);
        } catch (JsonProcessingException otherwise) {
            return Map.of();
        }
    }

    private static @Nullable UploadFigures figures(String json) {
        try {
            return JSON.readValue(json, UploadFigures.class);
        } catch (JsonProcessingException otherwise) {
            return null;
        }
    }
}
