package io.alohubsync.merge;

import io.alohubsync.Await;
import io.alohubsync.account.Unregistered;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.delivery.Allowance;
import io.alohubsync.delivery.HotPath;
import io.alohubsync.delivery.StandingDelivery;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The merging loop and an account's, on a real database; what fails is the statement that leases
 * new customers.
 */
class MergeThatThrowsIT {

    private static final int CONCURRENCY = 3;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final HotPath path = new HotPath();
    private final StandingDelivery standing = new StandingDelivery(path, CONCURRENCY);
    private final AccountDelivery delivery = standing.delivery();
    private final CountDownLatch taken = new CountDownLatch(1);
    private volatile Throwable failure;
    private final MergeStep step = new MergeStep(
            new OutboxMerge(
                    (DataSource) proxy(DataSource.class, (called, values) -> connection()),
                    new RowReader(new PhoneNormalizer(PhoneRules.standard())),
                    new Unregistered(),
                    false,
                    System::nanoTime),
            new Leasing(Map.of("default", delivery.leasing())),
            merged -> {});
    private final MergeLoop merging =
            new MergeLoop(step, new IdleWait(null, Duration.ofMillis(100)), null, null, System::nanoTime);

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
                    && values[0].toString().contains("INSERT INTO alohub.customer (")) {
                if (delivery.leasing().available() == 0) {
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
    void a_merge_that_throws_frees_the_room_that_it_took_for_new_customers(Throwable thrown) throws Exception {
        failure = thrown;
        delivery.start();
        Await.until("there is capacity for a merge", this::allCapacityIsFree);
        path.insert("0868793800", "Nguyễn Thị Thủy", null);
        merging.start();
        taken.await();
        merging.stop();
        Await.until("the capacity is free again", SOON, this::allCapacityIsFree);
    }

    private boolean allCapacityIsFree() {
        Allowance allowance = delivery.leasing().take();
        if (allowance == null) {
            return false;
        }
        delivery.leasing().deliver(allowance, List.of());
        return allowance.request().limit() >= CONCURRENCY;
    }

    @AfterEach
    void stop() throws InterruptedException {
        standing.end();
    }
}
