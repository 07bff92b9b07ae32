package io.alohubsync.operate;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.TestDatabase;
import io.alohubsync.TestEntities;
import io.alohubsync.config.AlohubSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** People on a test's database: the services, as the container makes them. To be closed. */
final class People implements AutoCloseable {

    static final Actor THUY = new Actor("thuy", Way.FILE);

    final AgroalDataSource loops;
    final PeopleDatabase database;
    final CustomerSearch search;
    final CustomerDetail detail;
    final Problems problems;
    final Overview overview;
    final Activity activity;
    final CallHistory calls;
    final RejectedRows rejected;
    final Acts acts;
    final BulkActions bulk;
    final AuditLog audit;

    /** As patient as a busy machine may ask for. */
    People(TestDatabase of) {
        this(of, Duration.ofSeconds(20));
    }

    People(TestDatabase of, Duration patience) {
        loops = of.daemonPool();
        database = new PeopleDatabase(loops, TestEntities.ALL, patience);
        AlohubSettings settings = settings();
        search = new CustomerSearch(database, settings);
        detail = new CustomerDetail(database);
        problems = new Problems(database);
        overview = new Overview(database);
        activity = new Activity(database);
        calls = new CallHistory(database);
        rejected = new RejectedRows(database);
        acts = new Acts(database, settings);
        bulk = new BulkActions(database, problems);
        audit = new AuditLog(database);
    }

    private static AlohubSettings settings() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
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
