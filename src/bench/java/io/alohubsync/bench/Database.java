package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database on the server that all share. Each run has a new one, so that none meets what another
 * left.
 */
final class Database implements AutoCloseable {

    private final LocalPostgres server;
    private final String name;
    private final String url;

    private Database(LocalPostgres server, String name) {
        this.server = server;
        this.name = name;
        this.url = server.url().replaceFirst("(//[^/]+/)[^?]+", "$1" + name);
    }

    static Database create(LocalPostgres server, String name) throws SQLException {
        return create(server, name, "");
    }

    /** @param pattern is copied; no session may be connected to it */
    static Database copy(LocalPostgres server, String name, Database pattern) throws SQLException {
        return create(server, name, " TEMPLATE " + pattern.name);
    }

    private static Database create(LocalPostgres server, String name, String how) throws SQLException {
        Database itself = new Database(server, "postgres");
        itself.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); // of a run that was killed
        itself.execute("CREATE DATABASE " + name + how);
        return new Database(server, name);
    }

    LocalPostgres server() {
        return server;
    }

    /** With the user in it. */
    String url() {
        return url;
    }

    Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setPassword(server.password());
        return source.getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row, as text. */
    String one(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return one(connection, sql);
        }
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        new Database(server, "postgres").execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
