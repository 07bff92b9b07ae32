package io.alohubsync.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.loop.FairShare;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement that leases customers keeps the same rules. */
class ClaimFilesIT {

    private static final ClaimSql.Pace THOUSAND = new ClaimSql.Pace(0.001, 1, 0.05, 8);
    private static final short NOT_URGENT = 0;
    private static final short URGENT = 1;

    /** By its file, and how {@link ClaimSql} is brought to run it. */
    enum ClaimFile {
        CLAIM {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                LowWaterMark mark = standing();
                mark.scanned(true, 5, true, mark.now(), Map.of(URGENT, 0L, NOT_URGENT, 0L));
                assertFalse(mark.isFullScanDue());
                return ClaimSql.claim(connection, request, mark).customers();
            }
        },
        CLAIM_FULL_SCAN {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                LowWaterMark mark = standing();
                assertTrue(mark.isFullScanDue());
                return ClaimSql.claim(connection, request, mark).customers();
            }
        },
        CLAIM_OLDEST {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                LowWaterMark mark = standing();
                makeForOldest(mark.fairShare());
                return ClaimSql.claim(connection, request, mark).customers();
            }
        },
        CLAIM_SCHEDULED {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                LowWaterMark mark = standing();
                mark.scanned(true, 5, true, mark.now(), Map.of(URGENT, 0L, NOT_URGENT, 0L));
                assertFalse(mark.isFullScanDue());
                return ClaimSql.claim(connection, request, THOUSAND, mark).customers();
            }
        },
        CLAIM_SCHEDULED_FULL_SCAN {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                LowWaterMark mark = standing();
                assertTrue(mark.isFullScanDue());
                return ClaimSql.claim(connection, request, THOUSAND, mark).customers();
            }
        },
        CLAIM_OLDEST_SCHEDULED {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                LowWaterMark mark = standing();
                makeForOldest(mark.fairShare());
                return ClaimSql.claim(connection, request, THOUSAND, mark).customers();
            }
        },
        CLAIM_PROBE {
            @Override
            List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException {
                return ClaimSql.claimForProbe(connection, request);
            }
        };

        abstract List<Claimed> on(Connection connection, LeaseRequest request) throws SQLException;

        boolean isForOldest() {
            return this == CLAIM_OLDEST || this == CLAIM_OLDEST_SCHEDULED;
        }

        /** Its clock does, so that no full scan becomes due. */
        private static LowWaterMark standing() {
            return new LowWaterMark(() -> 1);
        }

        private static void makeForOldest(FairShare fairShare) {
            while (!fairShare.isForOldest()) {
                fairShare.full(URGENT);
            }
        }
    }

    private final HotPath path = new HotPath();

    /** So many customers, due since a minute, the first since longest, in the state that this file is for. */
    private void due(ClaimFile file, int customers) {
        path.database.execute("INSERT INTO alohub.customer (id, account, phone) OVERRIDING SYSTEM VALUE"
                + " SELECT i, 'default', '+84912' || lpad(i::text, 6, '0') FROM generate_series(1, " + customers
                + ") i");
        path.database.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision, due_at)"
                + " SELECT i, 'default', 1, clock_timestamp() - interval '1 minute' + i * interval '1 ms'"
                + " FROM generate_series(1, " + customers + ") i");
        state(file == ClaimFile.CLAIM_PROBE ? "UNREACHABLE" : "ACTIVE", "{}");
    }

    private void state(String state, String refusedKeys) {
        path.database.execute("UPDATE alohub.account SET state = '" + state + "', refused_keys = '" + refusedKeys
                + "', state_since = clock_timestamp(), state_until = clock_timestamp() + interval '1 minute',"
                + " probe_at = clock_timestamp()");
    }

    private void changeDue(String set, long customer) {
        path.database.execute("UPDATE alohub.due SET " + set + " WHERE customer_id = " + customer);
    }

    /** A claim that waits for a lock fails. */
    private List<Claimed> claimed(ClaimFile file, int limit) throws SQLException {
        path.database.execute("UPDATE alohub.account SET probe_at = clock_timestamp()"); // the next probe is due
        try (Connection connection = path.database.daemonConnection();
                Statement settings = connection.createStatement()) {
            settings.execute("SET lock_timeout = '50ms'");
            return file.on(connection, new LeaseRequest("default", HotPath.KEY, limit, HotPath.LEASE));
        }
    }

    private List<Long> claim(ClaimFile file, int limit) throws SQLException {
        return claimed(file, limit).stream().map(Claimed::customerId).sorted().toList();
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_due_is_claimed_once(ClaimFile file) throws SQLException {
        due(file, 1);
        Claimed customer = claimed(file, 10).getFirst();
        assertEquals("+84912000001", customer.phone().e164());
        assertEquals(1, customer.revision());
        assertEquals(0, customer.earlier().spent());
        assertFalse(customer.earlier().lost());
        assertEquals(
                "t",
                path.database.one("SELECT lease_token = " + customer.token() + " AND sent_revision = 1 AND attempts = 0"
                        + " AND leased_at > clock_timestamp() - interval '1 minute'"
                        + " AND lease_until BETWEEN leased_at + interval '89 s' AND leased_at + interval '91 s'"
                        + " FROM alohub.due"));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.delivery_attempt"));
        assertEquals(List.of(), claim(file, 10), "it is leased");
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "CLAIM_PROBE")
    void no_more_are_claimed_than_asked_for_and_the_oldest_first(ClaimFile file) throws SQLException {
        due(file, 5);
        assertEquals(List.of(1L, 2L), claim(file, 2));
        assertEquals(List.of(3L, 4L, 5L), claim(file, 10));
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "CLAIM_PROBE")
    void the_most_urgent_go_first_except_where_the_oldest_are_meant(ClaimFile file) throws SQLException {
        due(file, 3);
        changeDue("priority = " + URGENT, 1);
        changeDue("priority = " + (URGENT + 1), 3);
        assertEquals(List.of(file.isForOldest() ? 2L : 3L), claim(file, 1), "1 is the oldest of all, and urgent");
    }

    @ParameterizedTest
    @EnumSource
    void a_leased_customer_is_not_claimed(ClaimFile file) throws SQLException {
        due(file, 2);
        String lease = "lease_token = nextval('alohub.lease_token'), leased_at = clock_timestamp(), sent_revision = 1,"
                + " lease_until = clock_timestamp() + interval '";
        changeDue(lease + "1 minute'", 1);
        changeDue(lease + "1 minute'", 2);
        assertEquals(List.of(), claim(file, 10));
        changeDue(lease + "-1 ms'", 2);
        assertEquals(List.of(2L), claim(file, 10));
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_due_later_held_or_dead_is_not_claimed(ClaimFile file) throws SQLException {
        due(file, 3);
        changeDue("due_at = clock_timestamp() + interval '1 minute'", 1);
        changeDue("due_at = 'infinity', hold = 'kiểm tra'", 2);
        changeDue("due_at = 'infinity', dead = true", 3);
        assertEquals(List.of(), claim(file, 10));
    }

    static Stream<Arguments> statesThatStopIt() {
        List<String> trips = List.of("PAUSED", "THROTTLED", "MISCONFIGURED", "BLOCKED", "UNREACHABLE");
        return Stream.of(ClaimFile.values()).flatMap(file -> {
            Stream<String> states = switch (file) {
                case CLAIM, CLAIM_FULL_SCAN, CLAIM_OLDEST -> // in recovery each call needs a slot
                    Stream.concat(trips.stream(), Stream.of("RECOVERING"));
                case CLAIM_SCHEDULED, CLAIM_SCHEDULED_FULL_SCAN, CLAIM_OLDEST_SCHEDULED -> trips.stream();
                // THROTTLED: for a minute, which is no long pause
                case CLAIM_PROBE -> Stream.of("PAUSED", "THROTTLED", "ACTIVE", "RECOVERING");
            };
            return states.map(state -> Arguments.of(file, state));
        });
    }

    @ParameterizedTest
    @MethodSource("statesThatStopIt")
    void the_accounts_state_lets_nobody_be_claimed(ClaimFile file, String state) throws SQLException {
        due(file, 3);
        state(state, "{}");
        assertEquals(List.of(), claim(file, 10));
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.due WHERE lease_token IS NOT NULL"));
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "CLAIM_PROBE")
    void a_refused_key_claims_nobody_and_another_goes_on(ClaimFile file) throws SQLException {
        due(file, 2);
        changeDue("priority = " + URGENT, 2);
        for (String state : List.of("ACTIVE", "KEY_REJECTED")) {
            state(state, "{" + HotPath.KEY + "}");
            assertEquals(List.of(), claim(file, 10));
        }
        state("KEY_REJECTED", "{0badcafe}");
        assertEquals(List.of(file.isForOldest() ? 1L : 2L), claim(file, 1));
    }

    @ParameterizedTest
    @EnumSource(names = "CLAIM_PROBE")
    void a_refused_key_is_probed_while_others_call(ClaimFile file) throws SQLException {
        due(file, 1);
        state("ACTIVE", "{0badcafe}");
        assertEquals(List.of(), claim(file, 10));
        state("PAUSED", "{" + HotPath.KEY + "}");
        assertEquals(List.of(), claim(file, 10), "a person stopped all calls");
        state("ACTIVE", "{0badcafe," + HotPath.KEY + "}");
        assertEquals(List.of(1L), claim(file, 10));
    }

    /** Else a customer whose call ends its replica would be sent for ever. */
    @ParameterizedTest
    @EnumSource
    void a_lost_lease_costs_an_attempt_and_is_unknown_in_the_history(ClaimFile file) throws SQLException {
        due(file, 1);
        changeDue(
                "attempts = 3, lease_token = nextval('alohub.lease_token'), leased_at = '2026-11-26 12:00+00',"
                        + " sent_revision = 1, lease_until = '2026-11-26 12:01+00'",
                1);
        Claimed customer = claimed(file, 10).getFirst();
        assertTrue(customer.earlier().lost());
        assertEquals(4, customer.earlier().spent());
        assertEquals("4", path.database.one("SELECT attempts FROM alohub.due"));
        assertEquals(
                "1 default +84912000001 1 4 UNKNOWN t t",
                path.database.one(
                        "SELECT concat_ws(' ', customer_id, account, phone, revision, attempt, outcome,"
                                + " started_at = '2026-11-26 12:00+00', error LIKE 'The replica%') FROM alohub.delivery_attempt"));
    }

    @ParameterizedTest
    @EnumSource
    void a_lost_lease_of_an_older_revision_costs_the_new_one_nothing(ClaimFile file) throws SQLException {
        due(file, 1);
        path.database.execute("UPDATE alohub.customer SET wanted_revision = 2");
        changeDue(
                "wanted_revision = 2, lease_token = nextval('alohub.lease_token'), leased_at = '2026-11-26 12:00+00',"
                        + " sent_revision = 1, lease_until = '2026-11-26 12:01+00'",
                1);
        Claimed customer = claimed(file, 10).getFirst();
        assertTrue(customer.earlier().lost());
        assertEquals(0, customer.earlier().spent());
        assertEquals(2, customer.revision());
        assertEquals("2", path.database.one("SELECT sent_revision FROM alohub.due"));
        assertEquals(
                "1 1 UNKNOWN",
                path.database.one("SELECT concat_ws(' ', revision, attempt, outcome) FROM alohub.delivery_attempt"));
    }

    @ParameterizedTest
    @EnumSource
    void customers_that_a_transaction_has_locked_are_skipped_without_waiting(ClaimFile file) throws SQLException {
        due(file, 3);
        try (Connection other = path.database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM alohub.due WHERE customer_id <= 2 FOR UPDATE");
            assertEquals(List.of(3L), claim(file, 10));
            assertEquals(List.of(), claim(file, 10));
        }
    }

    /** Else it is sent once more with each lease, and takes the place of others. */
    @ParameterizedTest
    @EnumSource
    void a_customer_whose_settlement_a_transaction_kept_back_takes_no_place_while_it_is_locked(ClaimFile file)
            throws SQLException {
        due(file, 2);
        changeDue(
                "lease_token = nextval('alohub.lease_token'), leased_at = '2026-11-26 12:00+00', sent_revision = 1,"
                        + " lease_until = '2026-11-26 12:01+00'",
                1);
        try (Connection other = path.database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM alohub.customer WHERE id = 1 FOR UPDATE");
            assertEquals(List.of(2L), claim(file, 1));
            assertEquals(List.of(), claim(file, 10));
            other.rollback();
        }
        assertEquals(List.of(1L), claim(file, 10));
    }

    /** A merge between the reads of the two rows: what was read of the customer would be sent as the other revision. */
    @ParameterizedTest
    @EnumSource
    void only_the_wanted_revision_is_claimed(ClaimFile file) throws SQLException {
        due(file, 2);
        path.database.execute("UPDATE alohub.customer SET wanted_revision = 2 WHERE id = 1");
        assertEquals(List.of(2L), claim(file, 10));
        assertEquals(List.of(), claim(file, 10));
    }

    /** Entries of removed customers stay while any transaction can see them. */
    @Test
    void beside_a_long_transaction_a_claim_by_schedule_does_not_pass_what_was_delivered_since() throws SQLException {
        due(ClaimFile.CLAIM_SCHEDULED, 3000);
        LowWaterMark mark = ClaimFile.standing();
        LeaseRequest one = new LeaseRequest("default", HotPath.KEY, 1, HotPath.LEASE);
        try (Connection person = path.database.dataSource().getConnection();
                Connection daemon = path.database.daemonConnection();
                Statement statement = daemon.createStatement()) {
            person.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            person.setAutoCommit(false);
            person.createStatement().execute("SELECT count(*) FROM alohub.due");
            path.database.execute("DELETE FROM alohub.due WHERE customer_id < 3000 - 10");
            assertEquals(
                    1, ClaimSql.claim(daemon, one, THOUSAND, mark).customers().size());
            statement.execute("SELECT pg_stat_force_next_flush()");
            long before = entriesRead();
            assertEquals(
                    1, ClaimSql.claim(daemon, one, THOUSAND, mark).customers().size());
            statement.execute("SELECT pg_stat_force_next_flush()");
            long read = entriesRead() - before;
            assertTrue(read > 0 && read < 100, "entries read: " + read);
            person.rollback();
        }
    }

    private long entriesRead() {
        return Long.parseLong(
                path.database.one(
                        "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE schemaname = 'alohub' AND indexrelname = 'due_claim'"));
    }

    @ParameterizedTest
    @EnumSource
    void customers_of_another_account_are_not_claimed(ClaimFile file) throws SQLException {
        due(file, 2);
        path.register("other", "id", "auto");
        path.database.execute("UPDATE alohub.customer SET account = 'other' WHERE id = 1");
        changeDue("account = 'other'", 1);
        assertEquals(List.of(2L), claim(file, 10));
        assertEquals(List.of(), claim(file, 10));
    }
}
