package io.alohubsync.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One row into an idle daemon: from the moment that its COMMIT is sent to the arrival of the call.
 * The stub is in this process, so that one clock times both.
 */
final class SingleRow {

    private static final int WARM_UP = 20;
    /**
     * Between two rows, at random: the daemon comes to rest, and the next row comes at any point of
     * its poll interval.
     */
    private static final int SHORTEST_PAUSE_MILLIS = 300;

    private static final int LONGEST_PAUSE_MILLIS = 1500;

    /** What a daemon that has worked before has delivered: its methods are compiled. */
    private static final int DELIVERED_BEFORE = 50_000;

    private static final String FILL = "INSERT INTO alohub.customer_outbox (phone, name, email) "
            + SampleCustomer.SQL.replace(
                    "generate_series(1, ROWS)", "generate_series(900001, 900000 + " + DELIVERED_BEFORE + ")");
    private static final String LEFT = "SELECT (EXISTS (SELECT FROM alohub.customer_outbox WHERE merge_status IS NULL)"
            + " OR EXISTS (SELECT FROM alohub.due) OR EXISTS (SELECT FROM alohub.merge_lease))::int";

    private final Random random = new Random(42);
    private volatile CompletableFuture<Long> arrival = new CompletableFuture<>();

    Report run(Database database, int samples) throws Exception {
        Vertx vertx = Vertx.vertx();
        Series started =
                Series.of("just started", "the packaged daemon with its default settings, from its 21st row on");
        Series worked = Series.of(
                "has worked", String.format("the same one, after it has delivered %,d customers", DELIVERED_BEFORE));
        HttpServer server = listen(vertx);
        String url = "http://127.0.0.1:" + server.actualPort();
        try (Observed daemon = Observed.daemon(database, Contestants.daemonEnvironment(database, url));
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            sample(daemon, connection, 1, samples, started);
            database.execute(FILL);
            daemon.secondsUntilNothing(LEFT);
            sample(daemon, connection, WARM_UP + samples + 1, samples, worked);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return new Report(
                "single",
                "One row into an idle daemon, " + samples + " times: from COMMIT to the call's arrival",
                "ms (less is better)",
                List.of(started, worked),
                Stream.of(started, worked)
                        .flatMap(one -> Stream.of(bar(one, "half", 0.5), bar(one, "99 %", 0.99)))
                        .toList());
    }

    private void sample(Observed daemon, Connection connection, int first, int samples, Series series)
            throws Exception {
        for (int i = 0; i < WARM_UP + samples && daemon.program.isAlive(); i++) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
            double millis = one(connection, first + i);
            if (i >= WARM_UP) {
                series.runs().add(new Run(millis, Map.of()));
            }
        }
    }

    private double one(Connection connection, int number) throws Exception {
        arrival = new CompletableFuture<>();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO alohub.customer_outbox (phone, name, email) VALUES (?, ?, ?)")) {
            SampleCustomer customer = SampleCustomer.of(number);
            insert.setString(1, customer.phone());
            insert.setString(2, customer.name());
            insert.setString(3, customer.email());
            insert.executeUpdate();
            long committing = System.nanoTime();
            connection.commit();
            return (arrival.get(1, TimeUnit.MINUTES) - committing) / 1e6;
        }
    }

    private HttpServer listen(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    arrival.complete(System.nanoTime());
                    request.response()
                            .putHeader("Content-Type", "application/json")
                            .end("{\"success\":\"1\",\"error_code\":\"SUCCESS\"}");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Bar bar(Series series, String label, double share) {
        double value = series.quantile(Run::value, share);
        return new Bar(series.name() + ": " + label, value, value, value);
    }
}
