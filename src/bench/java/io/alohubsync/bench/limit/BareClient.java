package io.alohubsync.bench.limit;

import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.AnswerReader;
import io.alohubsync.alohub.CallRules;
import io.alohubsync.alohub.ConnectionRules;
import io.alohubsync.alohub.Lead;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.alohub.Reply;
import io.alohubsync.bench.SampleCustomer;
import io.alohubsync.bench.Words;
import io.alohubsync.demo.Simulator;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The daemon's REST client without a database: so many calls, 64 at a time, on one event loop as in
 * the daemon. It runs inside the packaged daemon, since Quarkus generates the client when it
 * packages; the daemon itself waits meanwhile for a database that is not there.
 */
public final class BareClient implements QuarkusApplication {

    private static final int CALLS_AT_A_TIME = 64;

    /** {@code BareClient stubUrl calls}. */
    public static void main(String... arguments) {
        Quarkus.run(BareClient.class, arguments);
    }

    @Override
    public int run(String... arguments) throws IOException, InterruptedException {
        int calls = Integer.parseInt(arguments[1]);
        Vertx vertx = Arc.container().instance(Vertx.class).get();
        CountDownLatch left = new CountDownLatch(calls);
        try (LeadClient client = LeadClient.of(
                URI.create(arguments[0]),
                ApiKey.of(Simulator.KEY),
                "Authorization",
                new CallRules(
                        CALLS_AT_A_TIME,
                        Duration.ofSeconds(20),
                        new AnswerReader(false),
                        new ConnectionRules(Duration.ofSeconds(4), Duration.ofMinutes(1), null)),
                vertx)) {
            System.out.println(Words.BEGINS);
            AtomicInteger begun = new AtomicInteger();
            vertx.getOrCreateContext().runOnContext(nothing -> {
                for (int i = 0; i < CALLS_AT_A_TIME; i++) {
                    next(client, begun, calls, left);
                }
            });
            left.await();
            System.out.println(Words.ENDS);
        }
        return 0;
    }

    private static void next(LeadClient client, AtomicInteger begun, int calls, CountDownLatch left) {
        int number = begun.incrementAndGet();
        if (number > calls) {
            return;
        }
        SampleCustomer customer = SampleCustomer.of(number);
        client.upsert(new Lead(customer.phone(), customer.email(), customer.name()), reply -> {
            if (!(reply instanceof Reply.Answered(var answer)) || answer.status() != 200) {
                System.out.println("The stub did not take a call: " + reply);
            }
            left.countDown();
            next(client, begun, calls, left);
        });
    }
}
