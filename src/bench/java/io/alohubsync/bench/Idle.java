package io.alohubsync.bench;

import io.alohubsync.demo.LocalPostgres;
import io.alohubsync.demo.ProcessFigures;
import io.alohubsync.demo.Stub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The daemon with nothing to do: from its start to ready, and what it costs then. */
final class Idle {

    private static final Pattern PORT = Pattern.compile("Management interface listening on http://[^:]+:(\\d+)");
    private static final int SETTLING_SECONDS = 10;

    private Idle() {}

    static Report run(LocalPostgres postgres, Machine machine, Stub stub, Database migrated, int seconds, int rounds)
            throws Exception {
        Series starts = Series.of("start to ready", "the database up and migrated; idle for " + seconds + " s then");
        for (int round = 1; round <= rounds; round++) {
            starts.runs().add(one(postgres, machine, stub, migrated, seconds));
            System.out.printf("round %d  %s%n", round, starts.runs().getLast());
        }
        return Report.of(
                "idle", "Start, and " + seconds + " s with nothing to do", "seconds to ready", List.of(starts));
    }

    private static Run one(LocalPostgres postgres, Machine machine, Stub stub, Database migrated, int seconds)
            throws Exception {
        try (Database database = Database.copy(postgres, "alohub_bench_run", migrated)) {
            long begun = System.nanoTime();
            try (Program daemon = Program.daemon(Contestants.daemonEnvironment(database, stub.url()), Map.of())) {
                awaitReady(daemon);
                double ready = (System.nanoTime() - begun) / 1e9;
                TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
                Cost before = Cost.now(daemon.pid(), machine, stub);
                TimeUnit.SECONDS.sleep(seconds);
                Cost after = Cost.now(daemon.pid(), machine, stub);
                double span = after.secondsSince(before) / 100;
                return new Run(
                        ready,
                        Map.of(
                                "cpuPercent", (after.program() - before.program()) / span,
                                "postgresCpuPercent", (after.postgres() - before.postgres()) / span,
                                "peakMegabytes", (double) ProcessFigures.peakMegabytes(daemon.pid())));
            }
        }
    }

    private static void awaitReady(Program daemon) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (System.nanoTime() - limit < 0) {
            Matcher port = PORT.matcher(daemon.output());
            if (port.find() && isReady(client, port.group(1))) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IllegalStateException("It is not ready in time:\n" + daemon.output());
    }

    private static boolean isReady(HttpClient client, String port) throws Exception {
        URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        return client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }
}
