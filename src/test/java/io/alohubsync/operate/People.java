package io.alohubsync.operate;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.alohubsync.TestEntities;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.operate.acts.Activity;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.acts.AuditLog;
import io.alohubsync.operate.bulk.BulkActions;
import io.alohubsync.operate.customers.CallHistory;
import io.alohubsync.operate.customers.CustomerDetail;
import io.alohubsync.operate.customers.CustomerSearch;
import io.alohubsync.operate.overview.Overview;
import io.alohubsync.operate.problems.GroupIds;
import io.alohubsync.operate.problems.Problems;
import io.alohubsync.operate.problems.RejectedRows;
import io.alohubsync.operate.problems.SlowRows;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** People on a test's database: the services, as the container makes them. To be closed. */
public final class People implements AutoCloseable {

    public static final Actor THUY = new Actor("thuy", Way.FILE);

    final AgroalDataSource loops;
    public final PeopleDatabase database;
    public final CustomerSearch search;
    public final CustomerDetail detail;
    public final Problems problems;
    public final Overview overview;
    public final Activity activity;
    public final CallHistory calls;
    public final RejectedRows rejected;
    public final SlowRows slow;
    final Acts acts;
    public final BulkActions bulk;
    final AuditLog audit;

    private static final Duration BUSY_MACHINE = Duration.ofSeconds(20);

    /** Its patience is enough for a busy machine. */
    public People(TestDatabase of) {
        this(of, BUSY_MACHINE);
    }

    /** Its patience is enough for a busy machine. */
    public static PeopleDatabase database(AgroalDataSource loops) {
        return new PeopleDatabase(loops, TestEntities.ALL, BUSY_MACHINE);
    }

    public People(TestDatabase of, Duration patience) {
        loops = of.daemonPool();
        database = new PeopleDatabase(loops, TestEntities.ALL, patience);
        AlohubSettings settings = settings();
        search = new CustomerSearch(database, settings);
        detail = new CustomerDetail(database);
        problems = new Problems(database, IDS);
        overview = new Overview(database);
        activity = new Activity(database);
        calls = new CallHistory(database);
        rejected = new RejectedRows(database);
        slow = new SlowRows(database);
        acts = new Acts(database, settings);
        bulk = new BulkActions(database, problems, IDS);
        audit = new AuditLog(database);
    }

    /** The console is closed. */
    public static final GroupIds IDS = new GroupIds(settings());

    /** @param namesAndValues beside the least that is needed */
    public static AlohubSettings settings(String... namesAndValues) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.withDefaultValue(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.addDiscoveredInterceptors()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValue("alohub.base-url", "http://127.0.0.1:9")
                .withDefaultValue("alohub.api-key", "a-key-of-nobody")
                .build()
                .getConfigMapping(AlohubSettings.class);
    }

    @Override
    public void close() {
        database.close();
        loops.close();
    }
}
