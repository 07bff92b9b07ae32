package io.alohubsync.schema;

import static io.alohubsync.schema.Statements.column;
import static io.alohubsync.schema.Statements.execute;
import static io.alohubsync.schema.Statements.one;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.alohubsync.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

/** The view for those who can't leave the id out. */
class InboxIT {

    private final TestDatabase database = TestDatabase.migrated();

    private Connection erp() throws SQLException {
        return database.login("erp", "alohub_writer");
    }

    private String row(String id) {
        return database.one(
                "SELECT concat_ws(' ', phone, name, account, priority, source_ref) FROM alohub.customer_outbox"
                        + " WHERE id = " + id);
    }

    @Test
    void an_id_is_ignored_and_the_outbox_id_comes_back() throws SQLException {
        try (Connection erp = erp()) {
            String id = one(
                    erp,
                    "INSERT INTO alohub.customer_inbox (id, phone, name) VALUES (4711, '0868793800', 'A') RETURNING id");
            assertNotEquals("4711", id);
            assertEquals("0868793800 A default 0", row(id));
            assertEquals(
                    one(erp, "SELECT session_user"),
                    database.one("SELECT written_by FROM alohub.customer_outbox WHERE id = " + id));
            assertEquals(List.of(id), column(erp, "SELECT id FROM alohub.customer_inbox"));
            assertEquals("NEW", one(erp, "SELECT status FROM alohub.outbox_status WHERE id = " + id));
        }
    }

    @Test
    void nulls_for_every_column_are_the_outboxs_defaults_and_no_content_fails() throws SQLException {
        try (Connection erp = erp()) {
            execute(
                    erp,
                    "INSERT INTO alohub.customer_inbox (id, account, phone, name, email, source, source_ref, source_version, priority, created_at)"
                            + " VALUES (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                            + " (1, '', repeat('x', 1000000), repeat('y', 100000), '', '', (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 2000) n), -1, -32768, 'infinity')");
            assertEquals(
                    "default 0 t",
                    database.one(
                            "SELECT account || ' ' || priority || ' ' || (created_at > now() - interval '1 min')::text::char(1)"
                                    + " FROM alohub.customer_outbox ORDER BY id LIMIT 1"));
        }
    }

    @Test
    void many_rows_are_written_by_one_statement() throws SQLException {
        try (Connection erp = erp()) {
            assertEquals(
                    5000,
                    column(
                                    erp,
                                    "INSERT INTO alohub.customer_inbox (id, phone) SELECT n, '09' || n FROM generate_series(1, 5000) n RETURNING id")
                            .size());
        }
    }

    @Test
    void a_foreign_table_writes_through_it() throws SQLException {
        erp().close();
        String user = database.one("SELECT current_database()") + "_erp";
        database.execute("CREATE EXTENSION postgres_fdw");
        database.execute("CREATE SERVER sync FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '"
                + database.one("SHOW port") + "', dbname '" + database.one("SELECT current_database()") + "')");
        database.execute("CREATE USER MAPPING FOR CURRENT_USER SERVER sync OPTIONS (user '" + user
                + "', password 'secret', password_required 'false')");
        database.execute(
                "CREATE FOREIGN TABLE lead (id bigint, account text, phone text, name text, email text, source text,"
                        + " source_ref text, source_version bigint, priority smallint, created_at timestamptz)"
                        + " SERVER sync OPTIONS (schema_name 'alohub', table_name 'customer_inbox')");
        String id = database.one(
                "INSERT INTO lead (phone, name, source_ref) VALUES ('0868793800', 'A', 'KH1') RETURNING id");
        assertEquals("0868793800 A default 0 KH1", row(id));
        assertEquals(user, database.one("SELECT written_by FROM alohub.customer_outbox WHERE id = " + id));
        assertEquals(id, database.one("SELECT id FROM lead"));
    }

    @Entity(name = "Lead")
    @Table(schema = "alohub", name = "customer_inbox")
    static class Lead {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String account;
        String phone;
        String name;
        Short priority;

        @Column(name = "source_ref")
        String sourceRef;
    }

    @Entity(name = "NumberedLead")
    @Table(schema = "alohub", name = "customer_inbox")
    static class NumberedLead {
        @Id
        Long id;

        String phone;
    }

    @Test
    void an_orm_writes_through_it_with_generated_and_with_its_own_ids() throws SQLException {
        erp().close();
        try (SessionFactory factory = new Configuration()
                .addAnnotatedClass(Lead.class)
                .addAnnotatedClass(NumberedLead.class)
                .setProperty("hibernate.connection.url", database.url().replaceFirst("[?].*", ""))
                .setProperty("hibernate.connection.username", database.one("SELECT current_database()") + "_erp")
                .setProperty("hibernate.connection.password", "secret")
                .buildSessionFactory()) {
            Lead lead = new Lead();
            lead.phone = "0868793800";
            lead.name = "A";
            factory.inTransaction(session -> session.persist(lead));
            assertEquals("0868793800 A default 0", row(String.valueOf(lead.id)));
            NumberedLead numbered = new NumberedLead();
            numbered.id = 4711L;
            numbered.phone = "0912345678";
            factory.inTransaction(session -> session.persist(numbered));
            assertEquals("2", database.one("SELECT count(*) FROM alohub.customer_outbox"));
        }
    }
}
