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

/**
 * One row into an idle daemon: from the moment that its COMMIT is sent to the arrival of the call. The stub is in this process,
 * so that one clock times both.
 */
final class SingleRow {

    private static final int WARM_UP = 20;
    /** Between two rows, at random: the daemon comes to rest, and the next row comes at any point of its poll interval. */
    private static final int SHORTEST_PAUSE_MILLIS = 300;

    private static final int LONGEST_PAUSE_MILLIS = 1500;

    private final Random random = new Random(42);
    private volatile CompletableFuture<Long> arrival = new CompletableFuture<>();

    Report run(Database database, int samples) throws Exception {
        Vertx vertx = Vertx.vertx();
        Series series = Series.of("alohub-sync", "the packaged daemon with its default settings");
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Map<String, Runnable> awaited = Map.of(Contestants.DAEMON.begins(), () -> begun.complete(null));
        HttpServer server = listen(vertx);
        String url = "http://127.0.0.1:" + server.actualPort();
        try (Program daemon = Program.daemon(Contestants.daemonEnvironment(database, url), awaited);
                Connection connection = database.connect()) {
            begun.orTimeout(2, TimeUnit.MINUTES).join();
            connection.setAutoCommit(false);
            for (int i = 1; i <= WARM_UP + samples && daemon.isAlive(); i++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
                double millis = one(connection, i);
                if (i > WARM_UP) {
                    series.runs().add(new Run(millis, Map.of()));
                }
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return new Report(
                "single",
                "One row into an idle daemon, " + samples + " times: from COMMIT to the call's arrival",
                "ms (less is better)",
                List.of(series),
                List.of(bar(series, "half of them within", 0.5), bar(series, "99 % within", 0.99)));
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
        return new Bar(label, value, value, value);
    }
}
