package io.alohubsync.delivery;

import io.alohubsync.TestDatabase;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.merge.OutboxMerge;
import io.alohubsync.merge.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** The daemon's steps on a real database, one at a time, by hand. */
public final class HotPath {

    public static final String KEY = "fingerprint";
    public static final Duration LEASE = Duration.ofSeconds(90);

    public final TestDatabase database = TestDatabase.migrated();
    private final DataSource connections = database.keptConnections();
    private final OutboxMerge intake =
            new OutboxMerge(connections, reader(), new Unregistered(), false, System::nanoTime);

    private static RowReader reader() {
        return new RowReader(new PhoneNormalizer(PhoneRules.standard()));
    }

    /** Another replica's, or this one's after a start: it remembers nothing. */
    public OutboxMerge newIntake(boolean traced, LongSupplier nanoTime) {
        return new OutboxMerge(connections, reader(), new Unregistered(), traced, nanoTime);
    }

    public HotPath() {
        register("default", "id", "auto");
    }

    /** As a replica that is configured for the account does. */
    public void register(String account, String order, String unit) {
        database.execute("INSERT INTO alohub.account AS a (name, row_order, version_unit, seen_at) VALUES ('" + account
                + "', '" + order + "', '" + unit
                + "', now()) ON CONFLICT (name) DO UPDATE SET row_order = excluded.row_order,"
                + " version_unit = excluded.version_unit, seen_at = now()");
    }

    public long insert(String phone, String name, String email) {
        return database.insert(phone, name, email);
    }

    /** Until nothing is new. */
    public void merge() throws SQLException {
        while (intake.mergeBatch(100, Map.of()).rows() > 0) {}
    }

    public OutboxMerge intake() {
        return intake;
    }

    public List<Claimed> claim(int limit) throws SQLException {
        return claim(new LeaseRequest("default", KEY, limit, LEASE));
    }

    public List<Claimed> claim(LeaseRequest request) throws SQLException {
        try (Connection connection = daemonConnection()) {
            ExpiredLeases.move(connection, request.account());
            return ClaimSql.claim(connection, request, new LowWaterMark(System::nanoTime))
                    .customers();
        }
    }

    public ClaimSql.Slots claim(int limit, ClaimSql.Pace pace) throws SQLException {
        try (Connection connection = daemonConnection()) {
            return ClaimSql.claim(
                    connection,
                    new LeaseRequest("default", KEY, limit, LEASE),
                    pace,
                    new LowWaterMark(System::nanoTime));
        }
    }

    private Connection daemonConnection() throws SQLException {
        Connection connection = connections.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(TestDatabase.SESSION);
        }
        return connection;
    }

    /** All that is claimed at once is accepted. */
    public void deliverAll() throws SQLException {
        for (List<Claimed> claimed = claim(1000); !claimed.isEmpty(); claimed = claim(1000)) {
            settle(claimed.stream().map(HotPath::accepted).toArray(Settlement[]::new));
        }
    }

    public Claimed claimOne() throws SQLException {
        List<Claimed> claimed = claim(1);
        if (claimed.size() != 1) {
            throw new AssertionError("nothing to claim");
        }
        return claimed.getFirst();
    }

    /**
     * @return the ids that were settled; fenced ones are missing, and so are those that somebody
     *         holds locked
     */
    public Set<Long> settle(Settlement... settlements) throws SQLException {
        SettleSql.Written written = Transaction.run(
                connections,
                connection -> SettleSql.write(
                        connection,
                        List.of(settlements),
                        java.util.Collections.nCopies(settlements.length, Duration.ofMillis(5)),
                        false));
        written.committed();
        return written.settled();
    }

    public static Settlement accepted(Claimed customer) {
        return Settlement.of(customer, Consequence.DELIVERED)
                .called("ACCEPTED", Duration.ofMillis(5))
                .httpStatus(200)
                .by("test");
    }

    public static Settlement refused(Claimed customer) {
        return Settlement.of(customer, Consequence.DEAD)
                .called("REFUSED", Duration.ofMillis(5))
                .httpStatus(422)
                .error("HTTP 422: no")
                .by("test");
    }

    public static Settlement unknown(Claimed customer, Duration quarantine) {
        return Settlement.of(customer, Consequence.WAITING)
                .pause(quarantine)
                .called("UNKNOWN", Duration.ofMillis(5))
                .error("no answer")
                .by("test");
    }

    public static Settlement failed(Claimed customer, Duration backoff) {
        return Settlement.of(customer, Consequence.WAITING)
                .pause(backoff)
                .called("FAILED", Duration.ofMillis(5))
                .httpStatus(500)
                .error("HTTP 500")
                .by("test");
    }

    public static Settlement notStarted(Claimed customer) {
        return Settlement.of(customer, Consequence.RELEASED).by("test");
    }

    public void deliver() throws SQLException {
        for (Claimed customer : claim(1000)) {
            settle(accepted(customer));
        }
    }

    /** As if the time had passed: tests move rows, not the clock. */
    public void endLeases() {
        database.execute(
                "UPDATE alohub.due SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_token IS NOT"
                        + " NULL");
        database.execute("UPDATE alohub.merge_lease SET lease_until = clock_timestamp() - interval '1 second'");
    }

    public void endWaits() {
        database.execute(
                "UPDATE alohub.due SET not_before = now() - interval '1 second', due_at = now() - interval '1 second'"
                        + " WHERE isfinite(due_at)");
    }
}
