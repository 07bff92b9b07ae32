package io.alohubsync.bench.limit;

import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.Lead;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.bench.SampleCustomer;
import io.alohubsync.bench.Words;
import io.alohubsync.demo.Simulator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The daemon's REST client without a database: so many calls on 64 virtual threads. It runs inside the packaged daemon, since
 * Quarkus generates the client when it packages; the daemon itself waits meanwhile for a database that is not there.
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
        AtomicInteger begun = new AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        try (LeadClient client = LeadClient.of(
                URI.create(arguments[0]),
                ApiKey.of(Simulator.KEY),
                "Authorization",
                CALLS_AT_A_TIME,
                Duration.ofSeconds(20))) {
            System.out.println(Words.BEGINS);
            for (int i = 0; i < CALLS_AT_A_TIME; i++) {
                callers.add(Thread.startVirtualThread(() -> {
                    for (int call = begun.incrementAndGet(); call <= calls; call = begun.incrementAndGet()) {
                        call(client, call);
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            System.out.println(Words.ENDS);
        }
        return 0;
    }

    private static void call(LeadClient client, int number) {
        try {
            SampleCustomer customer = SampleCustomer.of(number);
            Lead lead = new Lead(customer.phone(), customer.email(), customer.name());
            if (!(client.upsert(lead) instanceof LeadClient.Reply.Answered(var answer)) || answer.status() != 200) {
                throw new IllegalStateException("The stub did not take a call");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
