package io.alohubsync.delivery;

import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.LeadApi;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Time;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The delivery of an account on a real database, whose event loop stands still: what is leased
 * stays leased until the end.
 */
public final class StandingDelivery {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final EventLoop loop = new EventLoop() {
        @Override
        public void run(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(long millis, Runnable task) {
            throw new AssertionError("no customer has a slot");
        }
    };
    private final AccountDelivery delivery;

    public StandingDelivery(HotPath path, int concurrency) {
        AlohubSettings settings = new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withMapping(AlohubSettings.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValue("alohub.base-url", "http://127.0.0.1:9")
                .withDefaultValue("alohub.api-key", "a-key-of-nobody")
                .withDefaultValue("alohub.concurrency", String.valueOf(concurrency))
                .build()
                .getConfigMapping(AlohubSettings.class);
        Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), () -> 0);
        RetryPolicy policy = new RetryPolicy(12, backoff, Duration.ofSeconds(60), "test");
        delivery = new AccountDelivery(
                Account.all(settings).getFirst(),
                settings,
                path.database.dataSource(),
                new Outgoing(StandingDelivery::client, policy, null, loop, Time.system()),
                new Listeners(List.of(), List.of()));
    }

    public AccountDelivery delivery() {
        return delivery;
    }

    /** All that was leased is released without a call. */
    public void end() throws InterruptedException {
        delivery.stopClaiming();
        delivery.loops().getFirst().join(Duration.ofSeconds(10));
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        delivery.stop();
    }

    /** Never called: the real one needs Quarkus around it. */
    static LeadClient client(ApiKey key) {
        return client(key, null);
    }

    /** @param api what the client calls and closes */
    static LeadClient client(ApiKey key, LeadApi api) {
        try {
            Constructor<?> constructor = LeadClient.class.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return (LeadClient) constructor.newInstance(api, null, key, null);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }
}
