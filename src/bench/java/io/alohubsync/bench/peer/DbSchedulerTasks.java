package io.alohubsync.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.alohubsync.bench.Pool;
import io.alohubsync.bench.Words;
import java.time.Duration;

/**
 * db-scheduler: a one-time task for each customer, 64 threads, polling by lock-and-fetch. A task
 * that is done is deleted, as db-scheduler does it: no status is left.
 */
public final class DbSchedulerTasks {

    /** After its postgresql_tables.sql, without the index for priorities, which are not used. */
    public static final String CREATE = """
            CREATE TABLE scheduled_tasks (
              task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
              execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
              last_success timestamptz, last_failure timestamptz, consecutive_failures integer, last_heartbeat timestamptz,
              version bigint NOT NULL, priority smallint,
              PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)""";

    public static final String TASK = "lead";

    private static final int THREADS = 64;

    // The quickest of those that were tried: 10, 20 and 64 connections; 0.5 to 1, 1 to 4 and 2 to 8
    // times the threads.
    private static final int CONNECTIONS = 20;
    private static final double FETCH_BELOW = 2;
    private static final double FETCH_UP_TO = 8;

    /** As the task's JSON has it. */
    public record Customer(String phone, String name, String email) {}

    private DbSchedulerTasks() {}

    /** {@code DbSchedulerTasks jdbcUrl user password stubUrl}. */
    public static void main(String... arguments) throws Exception {
        LeadCall call = new LeadCall(arguments[3], THREADS);
        OneTimeTask<Customer> send = Tasks.oneTime(TASK, Customer.class).execute((instance, context) -> {
            Customer customer = instance.getData();
            String error = call.post(customer.phone(), customer.name(), customer.email());
            if (error != null) {
                throw new IllegalStateException(error); // it is tried again later
            }
        });
        Scheduler scheduler = Scheduler.create(Pool.of(arguments[0], arguments[1], arguments[2], CONNECTIONS, ""), send)
                .serializer(new JacksonSerializer())
                .threads(THREADS)
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        scheduler.start();
        System.out.println(Words.BEGINS);
        Thread.currentThread().join();
    }
}
