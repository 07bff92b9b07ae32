package io.alohubsync.daemon;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Simulator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The packaged daemon between a real database and a simulated Alohub, with short times so that
 * tests are short too.
 */
final class Rig implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final TestDatabase database;
    final Simulator alohub = Simulator.start(0);
    private final List<Daemon> daemons = new ArrayList<>();
    private final List<PrintStream> logs = new ArrayList<>();

    /** With a schema already: a daemon that migrates takes 40 % more of the CPU for its start. */
    Rig() {
        this(TestDatabase.migrated());
    }

    Rig(TestDatabase database) {
        this.database = database;
    }

    /**
     * S 1 s, D 2 s, Q 2 s, L 6 s; poll 100 ms; backoff 50 to 200 ms; a probe every 500 ms, a ramp
     * of 1 s.
     */
    Daemon.Builder daemon() {
        return Daemon.builder()
                .log(log())
                .database(TestDatabase.Server.get(), database.url())
                .alohub(alohub.url(), Simulator.KEY)
                .jvm(QuickStart.options())
                .with("ALOHUB_POLL_INTERVAL", "100ms")
                .with("ALOHUB_DELIVERY_SEND_BY", "1s")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "2s")
                .with("ALOHUB_DELIVERY_QUARANTINE", "2s")
                .with("ALOHUB_DELIVERY_LEASE", "6s")
                .with("ALOHUB_DELIVERY_BACKOFF_MIN", "50ms")
                .with("ALOHUB_DELIVERY_BACKOFF_MAX", "200ms")
                .with("ALOHUB_BREAKER_PROBE_INTERVAL", "500ms")
                .with("ALOHUB_BREAKER_RAMP", "1s");
    }

    /** One file for each daemon in target/daemon-logs: what to read when a test fails. */
    private Consumer<String> log() {
        try {
            Path folder = Files.createDirectories(Path.of("target/daemon-logs"));
            PrintStream file = new PrintStream(
                    Files.newOutputStream(folder.resolve(NUMBER.incrementAndGet() + ".log")),
                    true,
                    StandardCharsets.UTF_8);
            logs.add(file);
            return file::println;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Daemon start(Daemon.Builder builder) throws IOException, InterruptedException {
        Daemon daemon = builder.start();
        daemons.add(daemon);
        return daemon.awaitReady();
    }

    /** Their starts beside each other. */
    List<Daemon> startAll(Daemon.Builder... builders) throws IOException, InterruptedException {
        List<Daemon> started = new ArrayList<>();
        for (Daemon.Builder builder : builders) {
            started.add(builder.start());
            daemons.add(started.getLast());
        }
        for (Daemon daemon : started) {
            daemon.awaitReady();
        }
        return started;
    }

    Daemon start() throws IOException, InterruptedException {
        return start(daemon());
    }

    /** Customers 0912300001 and on, as an import would write them. */
    void insertMany(int customers) {
        database.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT '09123' || lpad(i::text, 5, '0'), 'Customer '"
                        + " || i FROM generate_series(1, " + customers + ") i");
    }

    void awaitStatus(long row, String mergeStatus) {
        Await.until(
                "row " + row + " is " + mergeStatus + ", not " + database.rowStatus(row),
                () -> mergeStatus.equals(database.rowStatus(row)));
    }

    void awaitState(String state) {
        Await.until("the state is " + state, () -> state.equals(breaker()));
    }

    String breaker() {
        return database.one("SELECT state FROM alohub.account");
    }

    /** The outcomes of a phone's attempts, oldest first. */
    List<String> outcomes(String e164) {
        return database.column("SELECT outcome FROM alohub.delivery_attempt WHERE phone = '" + e164 + "' ORDER BY id");
    }

    String error(String e164) {
        return database.one(
                "SELECT error FROM alohub.delivery_attempt WHERE phone = '" + e164 + "' ORDER BY id LIMIT 1");
    }

    @Override
    public void close() {
        daemons.forEach(Daemon::close);
        logs.forEach(PrintStream::close);
        alohub.close();
    }
}
