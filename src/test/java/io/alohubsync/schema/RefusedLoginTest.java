package io.alohubsync.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedLoginTest {

    private final List<String> ends = new ArrayList<>();
    private long now;
    private final RefusedLogin login = new RefusedLogin(() -> now, ends::add);

    private void at(Duration since, String state) {
        now = since.toNanos();
        login.failed(new SQLException("not shown: topsecret", state));
    }

    @Test
    void a_password_that_stays_refused_ends_the_process_with_the_remedy() {
        at(Duration.ZERO, "28P01");
        at(Duration.ofSeconds(29), "28P01");
        assertEquals(List.of(), ends);
        at(Duration.ofSeconds(30), "28000");
        assertEquals(1, ends.size());
        assertTrue(ends.getFirst().contains("start it again"), ends.getFirst());
        assertTrue(!ends.getFirst().contains("topsecret"), ends.getFirst());
    }

    @Test
    void a_database_that_is_away_or_takes_the_password_again_ends_nothing() {
        at(Duration.ZERO, "28P01");
        at(Duration.ofSeconds(20), "08001");
        at(Duration.ofSeconds(40), "28P01");
        login.passed();
        at(Duration.ofSeconds(60), "28P01");
        at(Duration.ofSeconds(89), "28P01");
        assertEquals(List.of(), ends);
    }
}
