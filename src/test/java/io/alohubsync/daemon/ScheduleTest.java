package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.loop.Job;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final List<Method> TIMES = Arrays.stream(Schedule.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Scheduled.class))
            .toList();

    private final List<String> scheduler = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();
    private final Schedule schedule = new Schedule((Scheduler) Proxy.newProxyInstance(
            Scheduler.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                scheduler.add(method.getName());
                return null;
            }));
    private final List<Job> jobs = TIMES.stream()
            .map(ScheduleTest::identity)
            .map(name -> new Job(name, () -> ran.add(name), () -> 0))
            .toList();

    private static String identity(Method time) {
        return time.getAnnotation(Scheduled.class).identity();
    }

    private void allTimesCome() throws ReflectiveOperationException {
        for (Method time : TIMES) {
            time.setAccessible(true);
            time.invoke(schedule);
        }
    }

    @Test
    void each_time_runs_the_job_of_its_name_from_the_start_to_the_stop() throws ReflectiveOperationException {
        allTimesCome();
        assertEquals(List.of(), ran);
        schedule.start(jobs);
        allTimesCome();
        assertEquals(TIMES.stream().map(ScheduleTest::identity).toList(), ran);
        schedule.stop();
        allTimesCome();
        assertEquals(TIMES.size(), ran.size());
        assertEquals(List.of("resume", "pause"), scheduler);
    }

    /** {@code notify} is the job of the notifications. */
    @Test
    void the_metrics_page_names_each_job() throws IOException {
        String page = Files.readString(Path.of("docs/metrics.md"));
        String row = page.substring(page.indexOf("| `alohub_sync_loop_age_seconds` |"));
        String named = row.substring(row.indexOf("the jobs ") + "the jobs ".length(), row.indexOf(", notify |"));
        assertEquals(
                TIMES.stream().map(ScheduleTest::identity).sorted().toList(),
                Arrays.stream(named.split(", ")).sorted().toList());
    }

    @Test
    void the_page_of_the_alert_has_the_effect_of_each_loop_and_job() throws IOException {
        List<String> names = new ArrayList<>(List.of("merge", "merge-2", "claim-…", "settle-…", "notify"));
        TIMES.stream().map(ScheduleTest::identity).forEach(names::add);
        for (String page :
                List.of("docs/runbook/AlohubSyncLoopStalled.md", "docs/vi/runbook/AlohubSyncLoopStalled.md")) {
            List<String> rows = Files.readString(Path.of(page))
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.substring(0, line.indexOf(" | ")))
                    .toList();
            List<String> missing = names.stream()
                    .filter(name -> rows.stream().noneMatch(row -> row.contains("`" + name + "`")))
                    .toList();
            assertEquals(List.of(), missing, page);
        }
    }

    @Test
    void a_time_that_comes_during_a_run_is_skipped() {
        assertEquals(8, TIMES.size());
        assertTrue(TIMES.stream()
                .map(time -> time.getAnnotation(Scheduled.class).concurrentExecution())
                .allMatch(Scheduled.ConcurrentExecution.SKIP::equals));
    }
}
