package io.alohubsync.bench;

import io.alohubsync.demo.Stub;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The packaged daemon on a database, at work, with a connection to look at it. */
final class Observed implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;

    final Program program;
    final Connection connection;

    private Observed(Program program, Connection connection) {
        this.program = program;
        this.connection = connection;
    }

    static Observed daemon(Database database, Stub stub) throws IOException, SQLException {
        return daemon(database, Contestants.daemonEnvironment(database, stub.url()));
    }

    static Observed daemon(Database database, Map<String, String> environment) throws IOException, SQLException {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Program program = Program.daemon(environment, Map.of(Contestants.DAEMON.begins(), () -> begun.complete(null)));
        begun.orTimeout(2, TimeUnit.MINUTES).join();
        return new Observed(program, database.connect());
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(Database.one(connection, sql));
    }

    /** Until the SQL says 0. @return seconds from now */
    double secondsUntilNothing(String sql) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        while (number(sql) > 0) {
            if (!program.isAlive()) {
                throw new IllegalStateException("The daemon ended:\n" + program.output());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        program.close();
    }
}
