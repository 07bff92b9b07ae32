package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import io.alohubsync.daemon.Daemon;
import io.alohubsync.loop.Repeated;
import io.alohubsync.observe.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job of a room above the daemon whose age is a metric is under liveness as well. */
class WatchedJobsTest {

    private static boolean watchesBy(JavaClass one, Class<?> watcher) {
        return one.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(watcher)
                        && call.getName().equals("watch")
                        && call.getTarget().getRawParameterTypes().size() == 1
                        && call.getTarget().getRawParameterTypes().getFirst().isEquivalentTo(Repeated.class));
    }

    @Test
    void liveness_covers_each_job_that_has_the_metric() {
        List<JavaClass> withMetric = ArchitectureTest.program().stream()
                .filter(one -> watchesBy(one, Metrics.class))
                .toList();
        assertFalse(withMetric.isEmpty());
        assertEquals(
                List.of(),
                withMetric.stream()
                        .filter(one -> !watchesBy(one, Daemon.class))
                        .map(JavaClass::getName)
                        .toList());
    }
}
