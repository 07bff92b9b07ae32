package io.alohubsync.daemon;

import io.alohubsync.account.Unregistered;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.loop.Job;
import io.alohubsync.loop.Repeated;
import io.alohubsync.merge.MergeLoop;
import io.alohubsync.retention.Retention;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The loops and jobs that run once the database is ready. At the stop each account has a thread
 * {@code stop-…}, which owns nothing.
 *
 * @param accounts the deliveries, by name of their account
 * @param jobs     what the {@link Schedule} runs
 */
record Running(MergeLoop merging, Map<String, AccountDelivery> accounts, Retention retention, List<Job> jobs) {

    private static final Logger LOG = Logger.getLogger(Running.class);

    void start() {
        accounts.values().forEach(AccountDelivery::start);
        merging.start();
    }

    List<Repeated> loopsAndJobs() {
        List<Repeated> all = new ArrayList<>(jobs);
        accounts.values().forEach(account -> all.addAll(account.loops()));
        all.addAll(merging.loops());
        return all;
    }

    /** Names of accounts with customers that are unsettled long after the end of their leases. */
    List<String> withStuckCustomers() {
        return accounts.values().stream()
                .filter(AccountDelivery::hasStuckCustomers)
                .map(delivery -> delivery.account().name())
                .toList();
    }

    /**
     * Records which accounts this replica serves, each for itself: a person's open transaction may
     * hold the row of one.
     *
     * @param unregistered gets the accounts that could not be registered
     * @return why, by name of these accounts
     * @throws SQLException none can be now
     */
    static Map<String, SQLException> register(Collection<AccountDelivery> deliveries, Unregistered unregistered)
            throws SQLException {
        Map<String, SQLException> left = each(deliveries, AccountDelivery::register);
        unregistered.are(deliveries.stream()
                .map(AccountDelivery::account)
                .filter(account -> left.containsKey(account.name()))
                .toList());
        return left;
    }

    /**
     * The heartbeat. It leaves the settings to the replica that started last, unless the account is
     * still unregistered.
     *
     * @throws SQLException of the first that could not be recorded; the others are
     */
    static void registerAgain(Collection<AccountDelivery> deliveries, Unregistered unregistered) throws SQLException {
        Map<Boolean, List<AccountDelivery>> parts = deliveries.stream()
                .collect(Collectors.partitioningBy(delivery -> unregistered.includes(delivery.account())));
        Map<String, SQLException> left = register(parts.get(true), unregistered);
        left.putAll(each(parts.get(false), AccountDelivery::recordSeen));
        Iterator<SQLException> failures = left.values().iterator();
        if (failures.hasNext()) {
            throw failures.next();
        }
    }

    @FunctionalInterface
    private interface Act {
        void on(AccountDelivery delivery) throws SQLException;
    }

    private static Map<String, SQLException> each(Collection<AccountDelivery> deliveries, Act act) throws SQLException {
        Map<String, SQLException> left = new TreeMap<>();
        for (AccountDelivery delivery : deliveries) {
            try {
                act.on(delivery);
            } catch (SQLException failure) {
                if (!SqlFailure.isAboutOneRow(failure) && !SqlFailure.isAboutALock(failure)) {
                    throw failure;
                }
                left.put(delivery.account().name(), failure);
            }
        }
        return left;
    }

    void stop() throws InterruptedException {
        accounts.values().forEach(AccountDelivery::stopClaiming);
        retention.stop();
        merging.stop();
        stopDeliveries();
    }

    /** In parallel, so that all accounts take as long as one. */
    private void stopDeliveries() throws InterruptedException {
        List<Thread> stops = accounts.values().stream()
                .map(delivery -> Thread.ofPlatform()
                        .name("stop-" + delivery.account().name())
                        .start(() -> stop(delivery)))
                .toList();
        for (Thread stop : stops) {
            stop.join();
        }
    }

    private static void stop(AccountDelivery delivery) {
        try {
            delivery.stop();
        } catch (InterruptedException interrupted) {
            LOG.debug("The stop was interrupted", interrupted);
        }
    }
}
