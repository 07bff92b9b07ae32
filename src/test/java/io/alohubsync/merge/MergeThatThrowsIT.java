package io.alohubsync.merge;

import io.alohubsync.Await;
import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.Time;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.delivery.HotPath;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Context;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The merging loop and an account's, on a real database; what fails is the statement that leases new customers. */
class MergeThatThrowsIT {

    private static final int CONCURRENCY = 3;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final HotPath path = new HotPath();
    private final AlohubSettings settings = new SmallRyeConfigBuilder()
            .addDiscoveredInterceptors()
            .withMapping(AlohubSettings.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValue("alohub.base-url", "http://127.0.0.1:9")
            .withDefaultValue("alohub.api-key", "a-key-of-nobody")
            .withDefaultValue("alohub.concurrency", String.valueOf(CONCURRENCY))
            .build()
            .getConfigMapping(AlohubSettings.class);
    private final Account account = Account.all(settings).getFirst();
    private final AccountDelivery worker = new AccountDelivery(
            account,
            settings,
            path.database.dataSource(),
            Time.system(),
            MergeThatThrowsIT::client,
            breaker -> null,
            late -> {},
            List.of(),
            null,
            (Context) proxy(Context.class, (called, values) -> null)); // an event loop that never turns
    private final CountDownLatch taken = new CountDownLatch(1);
    private volatile Throwable failure;
    private final MergeLoop intake = new MergeLoop(
            new OutboxMerge(
                    (DataSource) proxy(DataSource.class, (called, values) -> connection()),
                    new RowReader(new PhoneNormalizer(PhoneRules.standard()), Clock.systemUTC())),
            Map.of("default", worker),
            null,
            Duration.ofMillis(100),
            System::nanoTime,
            merged -> {});

    /** Never called: the real one needs Quarkus around it. */
    private static LeadClient client(ApiKey key) {
        try {
            Constructor<?> constructor = LeadClient.class.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return (LeadClient) constructor.newInstance(null, null, key, null);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException(changed);
        }
    }

    private interface Called {
        Object with(Method method, Object[] values) throws Throwable;
    }

    private static Object proxy(Class<?> type, Called called) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> called.with(method, values));
    }

    private Object connection() throws SQLException {
        Connection real = path.database.daemonConnection();
        return proxy(Connection.class, (called, values) -> {
            if (called.getName().equals("prepareStatement")
                    && values[0].toString().contains("INSERT INTO alohub.due (")) {
                if (worker.roomForMerge() == 0) {
                    taken.countDown();
                }
                throw failure;
            }
            try {
                return called.invoke(real, values);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    private static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("a fault of ours"),
                new StackOverflowError(),
                new SQLException("An I/O error occurred", "08006"),
                new SQLException("canceling statement due to lock timeout", "55P03"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_merge_that_throws_frees_the_places_that_it_took_for_new_customers(Throwable thrown) throws Exception {
        failure = thrown;
        worker.start();
        Await.until("all places are offered", this::allPlacesAreFree);
        path.insert("0868793800", "Nguyễn Thị Thủy", null);
        intake.start();
        taken.await();
        intake.stop();
        Await.until("they are free again", SOON, this::allPlacesAreFree);
    }

    private boolean allPlacesAreFree() {
        AccountDelivery.Offer offer = worker.offer();
        if (offer == null) {
            return false;
        }
        worker.handOver(offer, List.of());
        return offer.taken() >= CONCURRENCY;
    }

    @AfterEach
    void stop() throws InterruptedException {
        worker.stop();
    }
}
