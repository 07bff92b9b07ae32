package io.alohubsync.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One statement, as it stands in {@code src/main/resources/sql/<topic>/<statement>.sql}. Its text
 * never changes, so the driver keeps it prepared. Immutable.
 */
public final class Sql {

    private final String file;
    private final String text;
    private final String[] parameters; // interned: as literals are
    private final int[][] positions;

    private Sql(String file, String named) {
        NamedParameters.Parsed parsed = NamedParameters.parse(file, named, place -> "?");
        this.file = file;
        this.text = parsed.text();
        this.parameters =
                parsed.positions().keySet().stream().map(String::intern).toArray(String[]::new);
        this.positions = parsed.positions().values().stream()
                .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        if (parameters.length > Long.SIZE) { // a Binding notes in a long which ones have a value
            throw new IllegalStateException(file + " has more than " + Long.SIZE + " parameters");
        }
    }

    /**
     * Reads the statement; for a constant.
     *
     * @param name topic and statement, such as {@code delivery/settle-accepted}
     * @throws IllegalStateException there is no such file, or it can't be parsed; the message names
     *         the file
     */
    public static Sql named(String name) {
        String file = "/sql/" + name + ".sql";
        try (InputStream resource = Sql.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return of(file, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " can't be read", failure);
        }
    }

    static Sql of(String file, String named) {
        return new Sql(file, named.strip());
    }

    /** Prepares it. Give each parameter its value, then run it: see {@link Binding}. */
    public Binding on(Connection connection) throws SQLException {
        return new Binding(this, connection);
    }

    String file() {
        return file;
    }

    /** With {@code ?} in the place of each parameter. */
    String text() {
        return text;
    }

    List<String> parameters() {
        return List.of(parameters);
    }

    /** One bit for each parameter. */
    long allParameters() {
        return parameters.length == Long.SIZE ? -1 : (1L << parameters.length) - 1;
    }

    /** The places of the parameter with that {@link #index}, counted from 1. */
    int[] positions(int index) {
        return positions[index];
    }

    /** @throws IllegalArgumentException the statement has no such parameter */
    int index(String parameter) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].equals(parameter)) { // the same object, as a rule
                return i;
            }
        }
        throw new IllegalArgumentException(file + " has no parameter :" + parameter + ", but " + parameters());
    }
}
