package io.alohubsync.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Takes the breaker of an account through all its states: upsets the simulated Alohub in one way
 * after the other, pauses and resumes as a person does, and prints what
 * {@code alohub.account_status} says. A minute and a half, on a database of its own.
 */
public final class Tour {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Set<Mode> TRIPPING = EnumSet.complementOf(EnumSet.of(Mode.ACCEPTING, Mode.FIREWALL));

    private final Connection connection;
    private final Simulator alohub;
    private final SampleErp erp;
    private final Map<String, String> seen = new LinkedHashMap<>();
    private String last = "";

    private Tour(Connection connection, SampleErp erp, Simulator alohub) {
        this.connection = connection;
        this.erp = erp;
        this.alohub = alohub;
    }

    public static void main(String... arguments) throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(Optional.empty())) {
            Set<String> states = run(postgres, postgres.url());
            System.out.println("All states: " + String.join(", ", states));
        }
    }

    /** @return the states that were seen */
    public static Set<String> run(LocalPostgres postgres, String url) throws Exception {
        return run(postgres, url, TRIPPING);
    }

    /**
     * @param modes of Alohub in which the account leaves ACTIVE; {@code jvm} are options of the
     *              daemon's JVM
     */
    public static Set<String> run(LocalPostgres postgres, String url, Set<Mode> modes, String... jvm) throws Exception {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setPassword(postgres.password());
        try (Connection connection = database.getConnection();
                Simulator alohub = Simulator.start(0);
                Daemon daemon = Daemon.builder()
                        .database(postgres, url)
                        .alohub(alohub.url(), Simulator.KEY)
                        .jvm(jvm)
                        .with("ALOHUB_CONCURRENCY", "4")
                        .with("ALOHUB_POLL_INTERVAL", "200ms")
                        .with("ALOHUB_DELIVERY_CALL_DEADLINE", "1s")
                        .with("ALOHUB_DELIVERY_QUARANTINE", "1s")
                        .with("ALOHUB_DELIVERY_BACKOFF_MIN", "200ms")
                        .with("ALOHUB_BREAKER_PROBE_INTERVAL", "2s")
                        .with("ALOHUB_BREAKER_RAMP", "2s")
                        .start()
                        .awaitReady()) {
            Tour tour = new Tour(connection, new SampleErp(database, 7), alohub);
            tour.walk(modes);
            daemon.terminate();
            daemon.awaitExit(30);
            return new TreeSet<>(tour.seen.keySet());
        }
    }

    private void walk(Set<Mode> modes) throws Exception {
        say("accepting");
        await("ACTIVE");
        for (Mode mode : modes) {
            say(mode.name().toLowerCase(java.util.Locale.ROOT));
            alohub.be(mode);
            await(stateOf(mode));
            if (mode != Mode.UNREACHABLE) { // that ends by itself
                alohub.be(Mode.ACCEPTING);
            }
            await("ACTIVE");
        }
        say("a person pauses and resumes");
        execute("SELECT alohub.pause(reason => 'kiểm kê')");
        await("PAUSED");
        execute("SELECT alohub.resume(reason => 'xong')");
        await("RECOVERING");
        await("ACTIVE");
        say("a firewall");
        alohub.be(Mode.FIREWALL);
        await("SELECT 1 FROM alohub.sync_status WHERE status = 'DEAD' AND error LIKE '%this customer%' LIMIT 1", "1");
        say("one customer that it refuses is dead; the others are delivered");
        alohub.be(Mode.ACCEPTING);
        await("ACTIVE");
    }

    private static String stateOf(Mode mode) {
        return switch (mode) {
            case LIMITED -> "THROTTLED";
            case REFUSING_KEY -> "KEY_REJECTED";
            case NOT_FOUND, REFUSING_CUSTOMERS -> "MISCONFIGURED";
            case UNREACHABLE, FAILING, HANGING -> "UNREACHABLE";
            case ACCEPTING, FIREWALL -> "ACTIVE";
        };
    }

    private void await(String state) throws Exception {
        await("SELECT state FROM alohub.account_status", state);
    }

    /** Rows are written meanwhile; each new state is printed. */
    private void await(String question, String answer) throws Exception {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            erp.writeOne();
            List<String> status =
                    row("SELECT state, concat_ws(' — ', reason, needs, 'by ' || by, 'until ' || until::time(0))"
                            + " FROM alohub.account_status");
            if (!status.getFirst().equals(last)) {
                last = status.getFirst();
                seen.put(last, status.getLast());
                System.out.println("  " + last + "  " + status.getLast());
            }
            if (answer.equals(row(question).getFirst())) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not seen: " + answer);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<String> row(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return List.of("");
            }
            return row.getMetaData().getColumnCount() == 1
                    ? List.of(row.getString(1))
                    : List.of(row.getString(1), row.getString(2));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void say(String mode) {
        System.out.println("Alohub: " + mode);
    }
}
