package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeStepTest {

    private final ScriptedOutbox outbox = new ScriptedOutbox();
    private final List<Merged> heard = new ArrayList<>();
    private final MergeStep step = new MergeStep(outbox.merge(), Leasing.none(), heard::add);

    @Test
    void the_listener_receives_each_batch_that_had_rows_and_no_other() throws SQLException {
        outbox.batch(3).batch(0).batch(2);
        assertEquals(3, step.take(3).rejected());
        assertEquals(0, step.take(3).rows());
        assertEquals(2, step.take(3).rejected());
        assertEquals(
                List.of(3, 2), heard.stream().map(Merged::rejected).toList(), "metrics and the activity log count it");
    }

    @Test
    void a_batch_that_fails_is_thrown_to_the_loop_and_reaches_no_listener() throws SQLException {
        outbox.batch(-1).batch(1);
        assertThrows(SQLException.class, () -> step.take(3));
        assertEquals(List.of(), heard);
        assertEquals(1, step.take(3).rejected());
    }
}
