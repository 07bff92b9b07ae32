package io.alohubsync.cli.resync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.cli.CommandRun;
import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.HotPath;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command resync on a database. */
class ResyncIT {

    private static final HotPath PATH = new HotPath();

    private final CommandRun command = CommandRun.on(PATH.database);

    /** Ten that are delivered, one more that waits, one that is held and one that is dead. */
    @BeforeEach
    void customers() throws Exception {
        PATH.database.execute("TRUNCATE alohub.customer, alohub.due, alohub.customer_outbox, alohub.replaced_value");
        PATH.register("default", "id", "auto");
        for (int i = 10; i < 22; i++) {
            PATH.insert("09120000" + i, "N" + i, null);
        }
        PATH.merge();
        List<Claimed> claimed = PATH.claim(100);
        for (Claimed customer : claimed) {
            PATH.settle(
                    customer.phone().e164().endsWith("21") ? HotPath.refused(customer) : HotPath.accepted(customer));
        }
        PATH.insert("0912000030", "N30", null);
        PATH.merge();
        PATH.database.one("SELECT alohub.hold('0912000020')");
    }

    private static String count(String condition) {
        return PATH.database.one("SELECT count(*) FROM alohub.sync_status WHERE " + condition);
    }

    @Test
    void a_dry_run_says_how_many_calls_and_how_long_and_changes_nothing() throws Exception {
        command.with("alohub.rate", "120/1m");
        assertEquals(0, command.run("resync", "--dry-run", "--json"), command.err());
        JsonNode account = command.json().get("accounts").get(0);
        assertEquals(10, account.get("calls").asInt());
        assertEquals(2.0, account.get("calls_per_second").asDouble());
        assertEquals(5, account.get("seconds").asInt());
        assertEquals(1, account.get("waiting").asInt());
        assertEquals(1, account.get("held").asInt());
        assertEquals(1, account.get("dead").asInt());
        assertEquals("10", count("status = 'DELIVERED'"));
        assertEquals(0, command.run("resync", "--dry-run"));
        assertTrue(command.out().contains("default   10      2.00/s   5s      1         1      1"), command.out());
    }

    @Test
    void without_a_rate_the_learned_one_counts_and_without_both_the_time_is_not_known() throws Exception {
        assertEquals(0, command.run("resync", "--dry-run", "--json"));
        double pace =
                command.json().get("accounts").get(0).get("calls_per_second").asDouble();
        assertTrue(pace > 0, "of the last minute");
        PATH.database.execute("UPDATE alohub.account SET learned_rate = 0.5");
        assertEquals(0, command.run("resync", "--dry-run", "--json"));
        assertEquals(20, command.json().get("accounts").get(0).get("seconds").asInt());
        PATH.database.execute("UPDATE alohub.account SET learned_rate = NULL; DELETE FROM alohub.delivery_attempt");
        assertEquals(0, command.run("resync", "--dry-run"));
        assertTrue(command.err().contains("the time is not known"), command.err());
    }

    @Test
    void it_is_not_done_without_a_yes() {
        assertEquals(4, command.run("resync"));
        assertEquals("10", count("status = 'DELIVERED'"));
    }

    @Test
    void delivered_customers_are_due_behind_what_sources_write_and_nobody_else_is_touched() throws Exception {
        String others =
                "SELECT string_agg(phone || status || wanted_revision || attempts || coalesce(hold_reason, ''), ' '"
                        + " ORDER BY phone) FROM alohub.sync_status WHERE phone IN ('+84912000020', '+84912000021', '+84912000030')";
        String before = PATH.database.one(others);
        assertEquals(0, command.run("resync", "--yes", "--why", "Alohub lost a day", "--by", "an", "--json"));
        assertEquals(10, command.json().get("queued").asInt());
        assertEquals(before, PATH.database.one(others));
        assertEquals("10", count("status = 'PENDING' AND priority = -1 AND wanted_revision = delivered_revision + 1"));
        assertEquals(
                "RESYNC default Alohub lost a day (command line: an) (10 customers)",
                PATH.database.one(
                        "SELECT act || ' ' || account || ' ' || reason FROM alohub.audit ORDER BY id DESC LIMIT 1"));
        assertEquals("N30", PATH.claimOne().name(), "what a source wrote goes first");
        assertEquals(10, PATH.claim(100).size());
    }

    @Test
    void the_function_takes_null_for_its_defaults_and_refuses_an_account_that_does_not_exist() {
        assertEquals("10", PATH.database.one("SELECT queued FROM alohub.resync(after_id => NULL, customers => NULL)"));
        assertEquals(
                "f", PATH.database.one("SELECT last_id IS NULL FROM alohub.resync(account => NULL, customers => -5)"));
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> PATH.database.execute("SELECT alohub.resync('nowhere')"));
        assertTrue(refused.getMessage().contains("no account nowhere"), refused.getMessage());
    }

    @Test
    void a_second_run_queues_nobody_twice() {
        assertEquals(0, command.run("resync", "--yes"));
        assertEquals(3, command.run("resync", "--yes"), "they wait already");
        assertEquals("10", count("wanted_revision = 2"));
    }

    @Test
    void a_newer_value_that_comes_meanwhile_is_sent_with_the_same_call() throws Exception {
        assertEquals(0, command.run("resync", "--yes"));
        PATH.insert("0912000010", "Newer", null);
        PATH.merge();
        PATH.deliver();
        assertEquals("Newer", PATH.database.one("SELECT name FROM alohub.customer WHERE phone = '+84912000010'"));
        assertEquals("DELIVERED", PATH.database.status("+84912000010"));
        assertEquals(
                "2",
                PATH.database.one(
                        "SELECT count(*) FROM alohub.delivery_attempt a JOIN alohub.customer c ON c.id = a.customer_id"
                                + " WHERE c.phone = '+84912000010'"));
    }

    @Test
    void an_account_and_a_time_narrow_it() {
        PATH.database.execute(
                "UPDATE alohub.customer SET updated_at = now() - interval '3 days'" + " WHERE phone <> '+84912000012'");
        assertEquals(0, command.run("resync", "--since", "1d", "--yes"));
        assertEquals("1", count("status = 'PENDING' AND priority = -1"));
        PATH.register("brandb", "id", "auto");
        assertEquals(3, command.run("resync", "--account", "brandb", "--yes"));
        assertEquals(3, command.run("resync", "--account", "brandc", "--yes"));
        assertTrue(command.err().contains("brandb, default"), command.err());
        assertEquals(2, command.run("resync", "--since", "soon"));
    }

    @Test
    void a_customer_that_somebody_has_locked_delays_no_other_and_is_named() throws Exception {
        try (Connection person = PATH.database.dataSource().getConnection()) {
            person.setAutoCommit(false);
            person.createStatement().execute("SELECT FROM alohub.customer WHERE phone = '+84912000013' FOR UPDATE");
            assertEquals(0, command.run("resync", "--yes"), command.err());
            assertTrue(command.err().contains("another transaction held them all the while: 1."), command.err());
            assertEquals("9", count("status = 'PENDING' AND priority = -1"));
            person.rollback();
        }
    }

    @Test
    void a_resync_goes_on_where_another_was_interrupted() throws Exception {
        long fifth = Long.parseLong(PATH.database.one("SELECT id FROM alohub.customer ORDER BY id OFFSET 4 LIMIT 1"));
        String left = count("status = 'DELIVERED' AND id > " + fifth);
        Resync resync = new Resync(new Chosen(null, null, fifth), "test");
        AtomicInteger steps = new AtomicInteger();
        try (Connection connection = PATH.database.daemonConnection()) {
            resync.run(connection, steps::incrementAndGet);
        }
        assertEquals(left, String.valueOf(resync.queued()));
        assertEquals(1, steps.get());
        assertEquals(PATH.database.one("SELECT max(id) FROM alohub.customer"), String.valueOf(resync.after()));
        assertEquals(0, command.run("resync", "--yes", "--after", "0"));
        assertEquals("10", count("wanted_revision = 2"));
    }

    @Test
    void an_operator_may_and_a_reader_may_not() throws Exception {
        try (Connection operator = PATH.database.login("op", "alohub_operator")) {
            operator.createStatement().execute("SELECT alohub.resync(reason => 'lost')");
        }
        assertEquals("10", count("status = 'PENDING' AND priority = -1"));
        try (Connection reader = PATH.database.login("reader", "alohub_reader")) {
            org.junit.jupiter.api.Assertions.assertThrows(
                    java.sql.SQLException.class, () -> reader.createStatement().execute("SELECT alohub.resync()"));
        }
    }
}
