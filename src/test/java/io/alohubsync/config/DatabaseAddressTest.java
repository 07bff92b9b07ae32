package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.vn:5432/erp",
                "jdbc:postgresql://db.example.vn/erp",
                "jdbc:postgresql:erp",
                "jdbc:postgresql://[::1]:5432/erp",
                "jdbc:postgresql://a:5432,b:5432/erp?targetServerType=primary",
                "jdbc:postgresql://db/erp?user=erp&password=p%40ss&sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "jdbc:postgresql://db/erp?password=p@ss&loggerLevel=OFF"
            })
    void an_address_that_the_driver_takes_has_no_problem(String url) {
        assertEquals(Optional.empty(), DatabaseAddress.problemOf(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgres://user:topsecret@db/erp",
                "postgresql://user:topsecret@db/erp",
                "postgres://user:topsecret@db:5432/erp",
                "jdbc:postgresql://user:topsecret@db/erp",
                "jdbc:postgresql://user:topsecret@db:5432/erp",
                "jdbc:postgresql://topsecret@db:5432/erp",
                "jdbc:mysql://db/erp?password=topsecret",
                "jdbc:postgresql://db:topsecret/erp",
                "jdbc:postgresql://db:99999/erp?password=topsecret",
                "jdbc:postgresql://db/erp?password=topsecret%zz",
                "jdbc:postgresql://db/erp?sslmode=topsecret",
                "jdbc:postgresql://db/erp?targetServerType=master2&password=topsecret",
                "db.example.vn:5432/topsecret"
            })
    void any_other_is_a_sentence_with_the_setting_and_the_remedy_and_without_the_secret(String url) {
        String problem = DatabaseAddress.problemOf(url).orElseThrow();
        assertTrue(problem.startsWith("quarkus.datasource.jdbc.url "), problem);
        assertTrue(problem.contains("set it to one") || problem.contains("set quarkus.datasource.username"), problem);
        assertFalse(problem.contains("topsecret"), problem);
    }

    /** An upgrade of the driver may rename a class. */
    @Test
    void the_driver_prints_no_address_and_no_certificate_of_its_own() throws Exception {
        assertEquals(Optional.empty(), DatabaseAddress.problemOf("jdbc:postgresql://db/erp"));
        for (Logger logger : DatabaseAddress.DRIVERS_OWN_WORDS) {
            Class.forName(logger.getName());
            assertFalse(Logger.getLogger(logger.getName()).isLoggable(Level.SEVERE), logger.getName());
        }
    }
}
