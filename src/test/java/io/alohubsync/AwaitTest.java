package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    private static final Duration SHORT = Duration.ofMillis(30);

    private static AssertionError failure(Duration limit, Callable<Boolean> condition) {
        return assertThrows(AssertionError.class, () -> Await.until("it is so", limit, condition));
    }

    @Test
    void what_the_condition_threw_last_is_shown_when_it_never_comes_true() {
        IllegalStateException away = new IllegalStateException("the database is away");
        AssertionError failure = failure(SHORT, () -> {
            throw away;
        });
        assertSame(away, failure.getCause());
        assertTrue(failure.getMessage().contains("it is so"), failure.getMessage());
        assertNull(failure(SHORT, () -> false).getCause());
    }

    @Test
    void a_condition_that_throws_at_first_may_come_true() {
        AtomicInteger looks = new AtomicInteger();
        Await.until("it is so", () -> {
            if (looks.incrementAndGet() < 3) {
                throw new IllegalStateException("not there yet");
            }
            return true;
        });
        assertEquals(3, looks.get());
    }

    @Test
    void a_fault_of_the_test_itself_ends_the_wait_at_once() {
        AtomicInteger looks = new AtomicInteger();
        AssertionError failure = failure(Duration.ofMinutes(1), () -> {
            looks.incrementAndGet();
            throw new IllegalStateException(new SQLException("syntax error", "42601"));
        });
        assertEquals(1, looks.get());
        assertTrue(failure.getMessage().contains("can't come true"), failure.getMessage());
    }
}
