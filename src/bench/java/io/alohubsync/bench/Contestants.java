package io.alohubsync.bench;

import io.alohubsync.bench.Contestant.Schema;
import io.alohubsync.bench.limit.BareClient;
import io.alohubsync.bench.limit.ClaimAndSettle;
import io.alohubsync.bench.peer.CamelRoute;
import io.alohubsync.bench.peer.DbSchedulerTasks;
import io.alohubsync.bench.peer.HandWrittenLoop;
import io.alohubsync.bench.peer.LeanCamelRoute;
import io.alohubsync.bench.peer.PeerTable;
import io.alohubsync.demo.Simulator;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The programs that are compared. All deliver the same customers. */
final class Contestants {

    static final String PACKAGED = "target/quarkus-app/quarkus-run.jar";

    private static final String FILL_OUTBOX =
            "INSERT INTO alohub.customer_outbox (phone, name, email) " + SampleCustomer.SQL;
    private static final String FILL_PEER = "INSERT INTO customer_sync (phone, name, email) " + SampleCustomer.SQL;
    private static final String FILL_TASKS =
            "INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version) SELECT '"
                    + DbSchedulerTasks.TASK + "', phone,"
                    + " convert_to(json_build_object('phone', phone, 'name', name, 'email', email)::text, 'UTF8'), now(), false, 1"
                    + " FROM (" + SampleCustomer.SQL + ") AS c (phone, name, email)";

    private static final String OUTBOX_LEFT =
            "SELECT EXISTS (SELECT FROM alohub.due) OR EXISTS (SELECT FROM alohub.merge_lease)"
                    + " OR EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL)";
    private static final String DELIVERED = "SELECT count(*) FROM alohub.customer WHERE delivered_revision > 0";
    private static final String PEER_LEFT = "SELECT EXISTS (SELECT FROM customer_sync WHERE status = 'PENDING')";
    private static final String PEER_DONE = "SELECT count(*) FROM customer_sync WHERE status = 'DONE'";

    static final Contestant DAEMON = new Contestant(
            "alohub-sync",
            "the packaged daemon as it is shipped: merges the rows, claims, calls, settles, keeps a history",
            1,
            new Schema.Migrated(),
            FILL_OUTBOX,
            "Delivering account default", // its loops have just begun
            OUTBOX_LEFT,
            DELIVERED,
            true,
            (database, stub, rows, awaited) -> Program.daemon(daemonEnvironment(database, stub.url()), awaited));

    static final Contestant WITHOUT_CACHE = new Contestant(
            "… without AOT cache",
            "the same daemon; its JVM loads classes from the jars and knows nothing of earlier runs",
            DAEMON.share(),
            DAEMON.schema(),
            DAEMON.fill(),
            DAEMON.begins(),
            DAEMON.left(),
            DAEMON.settled(),
            DAEMON.calls(),
            (database, stub, rows, awaited) ->
                    Program.daemonWithoutCache(daemonEnvironment(database, stub.url()), awaited));

    static final Contestant CAMEL = new Contestant(
            "Camel route",
            "Apache Camel: claims 500 by UPDATE … SKIP LOCKED … RETURNING, 64 virtual threads, one UPDATE of 500 statuses",
            1,
            new Schema.Sql(PeerTable.CREATE),
            FILL_PEER,
            Words.BEGINS,
            PEER_LEFT,
            PEER_DONE,
            true,
            peer(CamelRoute.class));

    static final Contestant LEAN_CAMEL = new Contestant(
            "lean Camel route",
            "Apache Camel alone: camel-sql claims 500, 64 virtual threads, answers unread, a batch of UPDATEs by id; nothing is retried",
            1,
            new Schema.Sql(PeerTable.CREATE),
            FILL_PEER,
            Words.BEGINS,
            PEER_LEFT,
            PEER_DONE,
            true,
            peer(LeanCamelRoute.class, "-Xmx512m"));

    static final Contestant DB_SCHEDULER = new Contestant(
            "db-scheduler",
            "db-scheduler: a one-time task per customer, lock-and-fetch, 64 threads; done tasks are deleted, no status is kept",
            1,
            new Schema.Sql(DbSchedulerTasks.CREATE),
            FILL_TASKS,
            Words.BEGINS,
            "SELECT EXISTS (SELECT FROM scheduled_tasks ORDER BY execution_time LIMIT 1)",
            "SELECT ROWS - count(*) FROM scheduled_tasks",
            true,
            peer(DbSchedulerTasks.class));

    static final Contestant HAND_WRITTEN = new Contestant(
            "loop by hand",
            "select 100 pending, post and update them one by one",
            10,
            new Schema.Sql(PeerTable.CREATE),
            FILL_PEER,
            Words.BEGINS,
            PEER_LEFT,
            PEER_DONE,
            true,
            peer(HandWrittenLoop.class));

    static final Contestant CLAIM_AND_SETTLE = new Contestant(
            "limit: claim and settle",
            "the daemon's claim and settle without calls, 500 at a time on two connections; merged before",
            1,
            new Schema.Migrated(),
            FILL_OUTBOX,
            Words.BEGINS,
            OUTBOX_LEFT,
            DELIVERED,
            false,
            peer(ClaimAndSettle.class));

    static final Contestant BARE_CLIENT = new Contestant(
            "limit: REST client",
            "the daemon's REST client without a database, 64 calls at a time on its event loop",
            1,
            new Schema.Sql(""),
            "",
            Words.BEGINS,
            "",
            "",
            true,
            (database, stub, rows, awaited) -> Program.java(
                    daemonEnvironment(null, stub.url()),
                    awaited,
                    "-cp",
                    packagedClassPath(),
                    BareClient.class.getName(),
                    stub.url(),
                    String.valueOf(rows)));

    static final List<Contestant> DRAIN = List.of(
            DAEMON, WITHOUT_CACHE, LEAN_CAMEL, CAMEL, DB_SCHEDULER, HAND_WRITTEN, CLAIM_AND_SETTLE, BARE_CLIENT);
    static final List<Contestant> LATENCY = List.of(DAEMON, LEAN_CAMEL, CAMEL, DB_SCHEDULER, BARE_CLIENT);
    static final List<Contestant> LIMITS = List.of(CLAIM_AND_SETTLE, BARE_CLIENT);

    private Contestants() {}

    /** @param options for its JVM, after those of all peers */
    private static Contestant.Start peer(Class<?> main, String... options) {
        return (database, stub, rows, awaited) -> {
            List<String> command = new ArrayList<>(List.of(options));
            command.addAll(List.of(
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName(),
                    database.url(),
                    database.server().user(),
                    database.server().password(),
                    stub.url()));
            return Program.java(Map.of(), awaited, command.toArray(String[]::new));
        };
    }

    /** @param database null: none is there */
    static Map<String, String> daemonEnvironment(Database database, String alohub) {
        return Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                "0",
                "QUARKUS_MANAGEMENT_HOST",
                "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT",
                "0",
                "QUARKUS_DATASOURCE_JDBC_URL",
                database == null ? "jdbc:postgresql://127.0.0.1:9/none" : database.url(),
                "QUARKUS_DATASOURCE_USERNAME",
                database == null ? "none" : database.server().user(),
                "QUARKUS_DATASOURCE_PASSWORD",
                database == null ? "" : database.server().password(),
                "ALOHUB_BASE_URL",
                alohub,
                "ALOHUB_API_KEY",
                Simulator.KEY);
    }

    /**
     * The packaged daemon's jars, those that Quarkus has generated first, without its own class
     * loader.
     */
    private static String packagedClassPath() {
        Path app = Path.of("target/quarkus-app");
        return String.join(
                File.pathSeparator,
                app.resolve("quarkus/*").toString(),
                app.resolve("app/*").toString(),
                app.resolve("lib/boot/*").toString(),
                app.resolve("lib/main/*").toString(),
                "target/test-classes");
    }
}
