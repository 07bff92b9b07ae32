package io.alohubsync.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.TestDatabase;
import io.alohubsync.contact.Reason;
import io.alohubsync.customer.Customer;
import io.alohubsync.customer.Due;
import io.alohubsync.customer.OutboxRow;
import io.alohubsync.customer.StoredCustomer;
import io.alohubsync.customer.StoredRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page reads, as Hibernate puts it to PostgreSQL: few bytes, by look-ups in an index. */
class PageReadsIT {

    private static final int ROWS = 20;
    private static final int MEGABYTES = 20_000_000;

    private static final TestDatabase DATABASE = TestDatabase.migrated();
    private static final List<String> STATEMENTS = new ArrayList<>();
    private static SessionFactory sessions;

    @BeforeAll
    static void connect() {
        sessions = new Configuration()
                .addAnnotatedClass(Customer.class)
                .addAnnotatedClass(OutboxRow.class)
                .addAnnotatedClass(Due.class)
                .addAnnotatedClass(StoredCustomer.class)
                .addAnnotatedClass(StoredRow.class)
                .setProperty("hibernate.default_schema", "alohub")
                .setStatementInspector(sql -> {
                    STATEMENTS.add(sql);
                    return sql;
                })
                .buildSessionFactory(new org.hibernate.boot.registry.StandardServiceRegistryBuilder()
                        .applySetting("hibernate.default_schema", "alohub")
                        .applySetting("hibernate.connection.datasource", DATABASE.dataSource())
                        .build());
        DATABASE.execute("INSERT INTO alohub.customer (account, phone, wanted_revision, updated_at)"
                + " SELECT 'default', '+84912' || lpad(i::text, 6, '0'), 1, now() - make_interval(secs => i)"
                + " FROM generate_series(1, 3000) i");
        DATABASE.execute("INSERT INTO alohub.due (customer_id, account, wanted_revision, attempts, hold, due_at)"
                + " SELECT id, 'default', 1, CASE WHEN id % 10 = 0 THEN 1 ELSE 0 END, CASE WHEN id = 2999 THEN 'Thủy asks' END,"
                + " CASE WHEN id = 2999 THEN 'infinity' ELSE now() END FROM alohub.customer");
        DATABASE.execute(
                "INSERT INTO alohub.customer_outbox (phone, name) SELECT 'nonsense', 'Thủy' FROM generate_series(1, 3000)");
        DATABASE.execute(
                "UPDATE alohub.customer_outbox SET merge_status = 'REJECTED', reasons = '{phone.letters}' WHERE id = 2999");
        DATABASE.execute("INSERT INTO alohub.customer_outbox (phone, name, source, source_ref, account)"
                + " SELECT wide, wide, wide, wide, wide FROM repeat('0912345678 ', " + MEGABYTES / 11 + ") wide");
        DATABASE.execute("VACUUM ANALYZE alohub.customer, alohub.due, alohub.customer_outbox");
    }

    @AfterAll
    static void disconnect() {
        sessions.close();
    }

    private static List<Customer.Shown> customers() {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return Customer.inTrouble(session, ROWS);
        }
    }

    private static List<OutboxRow.Shown> rows() {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return OutboxRow.newest(session, ROWS);
        }
    }

    @Test
    void customers_in_trouble_are_those_that_changed_last() {
        List<Customer.Shown> customers = customers();
        assertEquals(ROWS, customers.size());
        assertEquals(10, customers.getFirst().id());
        assertEquals("RETRYING", customers.getFirst().status());
        assertEquals("***010", customers.getFirst().maskedPhone());
    }

    @Test
    void the_newest_rows_come_first_with_their_reasons() {
        List<OutboxRow.Shown> rows = rows();
        assertEquals(ROWS, rows.size());
        assertEquals(3001, rows.getFirst().id());
        assertEquals(List.of(Reason.PHONE_LETTERS), rows.get(2).reasons());
        assertEquals("REJECTED", rows.get(2).status());
    }

    @Test
    void of_a_field_with_megabytes_only_the_beginning_is_read() {
        OutboxRow.Shown wide = rows().getFirst();
        assertEquals(64, wide.account().length());
        assertEquals(100, wide.phone().length());
    }

    @Test
    void the_newest_rows_are_the_end_of_the_primary_key() throws SQLException {
        STATEMENTS.clear();
        rows();
        String plan = plan(STATEMENTS.getFirst());
        assertTrue(plan.contains("Scan Backward using customer_outbox_pkey"), plan);
        assertFalse(plan.contains("Sort"), plan);
    }

    @Test
    void customers_in_trouble_come_from_their_own_index() throws SQLException {
        STATEMENTS.clear();
        customers();
        String plan = plan(STATEMENTS.getFirst());
        assertTrue(plan.contains("using due_trouble"), plan);
        assertTrue(plan.matches("(?s).*using customer_pkey[^\\n]*\\n\\s*Index Cond: .*"), plan);
    }

    /** Without a condition on ids its branches and joins could read all that there is. */
    @Test
    void the_views_are_asked_by_ids_alone() {
        STATEMENTS.clear();
        customers();
        rows();
        List<String> ofViews =
                STATEMENTS.stream().filter(sql -> sql.contains("_status ")).toList();
        assertEquals(2, ofViews.size());
        assertTrue(ofViews.stream().allMatch(sql -> sql.contains(".id in (")), ofViews.toString());
    }

    private static String plan(String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = DATABASE.daemonConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("EXPLAIN " + sql.replace("?", String.valueOf(ROWS)))) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
