package io.alohubsync.operate.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Settlement;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.People;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.customers.CallHistory.Filter;
import io.alohubsync.operate.customers.CallHistory.Result;
import io.alohubsync.operate.jobs.Followers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of calls, on a history that the daemon's own steps have written. */
class CallHistoryIT {

    private static final Filter ALL = new Filter(null, null, null);

    private final HotPath path = new HotPath();
    private People people;

    @BeforeEach
    void call() throws SQLException {
        people = new People(path.database);
        path.insert("0868793800", "Accepted", null);
        path.merge();
        path.settle(HotPath.accepted(path.claimOne()));
        path.insert("0868793801", "Refused", null);
        path.merge();
        path.settle(HotPath.refused(path.claimOne()));
        path.insert("0868793802", "Throttled", null);
        path.merge();
        path.settle(Settlement.of(path.claimOne(), Settlement.Consequence.RELEASED)
                .called("THROTTLED", Duration.ofMillis(40))
                .httpStatus(429)
                .by("test"));
    }

    @AfterEach
    void close() {
        people.close();
    }

    private List<String> outcomes(Filter filter) {
        return people.calls.read(filter, PageRequest.first(200), Sight.FULL).items().stream()
                .map(CallLine::outcome)
                .toList();
    }

    @Test
    void each_result_has_the_calls_that_the_overview_counts_in_it() throws SQLException {
        assertEquals(List.of("THROTTLED", "REFUSED", "ACCEPTED"), outcomes(ALL), "the newest first");
        assertEquals(List.of("ACCEPTED"), outcomes(new Filter(null, Result.ACCEPTED, null)));
        assertEquals(List.of("REFUSED"), outcomes(new Filter("default", Result.FAILED, null)));
        assertEquals(List.of("THROTTLED"), outcomes(new Filter(null, Result.NOT_TAKEN, null)));
        assertEquals(List.of(), outcomes(new Filter("brandb", Result.ACCEPTED, null)));
        Followers followers = new Followers(path.database.dataSource(), System::nanoTime);
        for (int i = 0; i < 3; i++) {
            path.database.execute("UPDATE alohub.follower SET next_at = now()");
            followers.run();
        }
        assertEquals(
                "1 1 1",
                path.database.one(
                        "SELECT sum(accepted) || ' ' || sum(failed) || ' ' || sum(not_taken) FROM alohub.throughput"));
    }

    @Test
    void older_calls_are_left_out_and_the_list_ends_at_them() throws SQLException {
        path.database.execute(
                "UPDATE alohub.delivery_attempt SET started_at = now() - interval '2 days' WHERE outcome = 'ACCEPTED'");
        Filter lately = new Filter(null, null, Instant.now().minus(Duration.ofHours(3)));
        Page<CallLine> page = people.calls.read(lately, PageRequest.first(200), Sight.FULL);
        assertEquals(2, page.items().size());
        assertNull(page.next());
    }

    @Test
    void the_pages_hold_each_call_once() {
        List<Long> ids = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            Page<CallLine> page = people.calls.read(ALL, PageRequest.of(1, cursor), Sight.FULL);
            page.items().forEach(line -> ids.add(line.id()));
            cursor = page.next();
            pages++;
        } while (cursor != null);
        assertEquals(3, ids.size());
        assertEquals(3, ids.stream().distinct().count());
        assertTrue(pages <= 4);
    }

    @Test
    void a_viewer_sees_three_digits_and_no_words() {
        CallLine seen = people.calls
                .read(new Filter(null, Result.FAILED, null), PageRequest.first(1), Sight.MASKED)
                .items()
                .getFirst();
        assertEquals("•••801", seen.phone());
        assertEquals(Sight.MARK, seen.error());
        CallLine words = people.calls
                .read(new Filter(null, Result.FAILED, null), PageRequest.first(1), Sight.WORDS)
                .items()
                .getFirst();
        assertEquals("•••801", words.phone());
        assertNotNull(words.error());
    }
}
