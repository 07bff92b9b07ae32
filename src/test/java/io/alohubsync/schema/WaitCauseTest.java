package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What the start says it waits for, where a failure of the database comes inside another one. */
class WaitCauseTest {

    private static final SQLException ENDED = new SQLException("terminating connection", "57P01");

    private static DataSource throwing(RuntimeException failure) {
        return (DataSource) Proxy.newProxyInstance(
                WaitCauseTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw failure;
                });
    }

    private static Migration migration(RuntimeException failure) {
        return new Migration(Flyway.configure().dataSource(throwing(failure)).schemas("alohub"));
    }

    @Test
    void a_failure_of_the_database_inside_others_is_tried_again_by_its_own_name() {
        Migration migration = migration(new RuntimeException(new IllegalStateException(ENDED)));
        assertEquals(ENDED, assertThrows(SQLException.class, migration::tryOnce));
        assertEquals("SQLSTATE 57P01", Schema.causeOf(new RuntimeException(ENDED)));
    }

    /** Also in a command, which has no settings of Quarkus' log. An upgrade may rename a class. */
    @Test
    void flyway_prints_no_stacks_of_its_own() throws Exception {
        migration(new RuntimeException(ENDED));
        for (Logger logger : Migration.FLYWAYS_OWN_WORDS) {
            Class.forName(logger.getName());
            assertFalse(Logger.getLogger(logger.getName()).isLoggable(Level.SEVERE), logger.getName());
        }
    }

    @Test
    void another_fault_keeps_its_name_and_loses_its_message() {
        RuntimeException fault = new RuntimeException("0868793800", new IllegalStateException(new EOFException()));
        assertEquals(fault, assertThrows(RuntimeException.class, migration(fault)::tryOnce));
        String why = Schema.causeOf(fault);
        assertTrue(why.contains("java.io.EOFException"), why);
        assertTrue(!why.contains("0868793800"), why);
    }
}
