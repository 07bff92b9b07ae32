package io.alohubsync.daemon;

import io.alohubsync.Await;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Simulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One of many accounts in one daemon of a rig, with a simulated Alohub of its own: a test that
 * shares the daemon sees no other account.
 */
final class RigAccount implements AutoCloseable {

    final Simulator alohub;
    private final Rig rig;
    private final String name;

    RigAccount(Rig rig, String name) {
        this(rig, name, 0);
    }

    /** @param port of its Alohub; 0: any */
    RigAccount(Rig rig, String name, int port) {
        this.rig = rig;
        this.name = name;
        this.alohub = Simulator.start(port);
    }

    Daemon.Builder addTo(Daemon.Builder daemon, String path, int concurrency) {
        return daemon.with(variable("BASE_URL"), alohub.url() + path)
                .with(variable("API_KEY"), Simulator.KEY)
                .with(variable("CONCURRENCY"), String.valueOf(concurrency));
    }

    Daemon.Builder addTo(Daemon.Builder daemon, Path keyFile, int concurrency) {
        return addTo(daemon, "", concurrency)
                .with(variable("API_KEY"), "")
                .with(variable("API_KEY_FILE"), keyFile.toString());
    }

    /** @return the environment's name of a setting of this account */
    String variable(String setting) {
        return "ALOHUB_ACCOUNTS_" + name.toUpperCase(Locale.ROOT) + "_" + setting;
    }

    /** Customers 0912300001 and on. */
    void insertMany(int customers) {
        insertMany("09123", customers);
    }

    void insertMany(String prefix, int customers) {
        rig.database.execute("INSERT INTO alohub.customer_outbox (account, phone, name) SELECT '" + name + "', '"
                + prefix + "' || lpad(i::text, 5, '0'), 'Customer ' || i FROM generate_series(1, " + customers + ") i");
    }

    /** @return the row */
    long insert(String phone) {
        return Long.parseLong(rig.database.one("INSERT INTO alohub.customer_outbox (account, phone, name) VALUES ('"
                + name + "', '" + phone + "', 'Later') RETURNING id"));
    }

    int calls() {
        return Math.toIntExact(alohub.callCount());
    }

    /** @return of them those with this key */
    long callsWith(String key) {
        return alohub.calls().stream()
                .filter(call -> key.equals(call.headers().get("Authorization")))
                .count();
    }

    String state() {
        return status("state");
    }

    /** @return the column of {@code account_status} */
    String status(String column) {
        return rig.database.one("SELECT " + column + " FROM alohub.account_status WHERE account = '" + name + "'");
    }

    void awaitState(String state) {
        Await.until("the state is " + state, () -> state.equals(state()));
    }

    int customersThatAre(String condition) {
        return count("sync_status", condition);
    }

    int attemptsThat(String condition) {
        return count("delivery_attempt", condition);
    }

    private int count(String relation, String condition) {
        return Integer.parseInt(rig.database.one(
                "SELECT count(*) FROM alohub." + relation + " WHERE account = '" + name + "' AND (" + condition + ")"));
    }

    void awaitDelivered(int customers) {
        Await.until(
                customers + " customers are delivered", () -> customersThatAre("status = 'DELIVERED'") == customers);
    }

    void awaitSettled() {
        Await.until(
                "the calls in flight are settled and what they spent is refunded",
                () -> leased() == 0 && count("due", "attempts > 0 OR dead") == 0);
    }

    void awaitLeased(int atMost) {
        Await.until("the calls in flight are settled", () -> leased() <= atMost);
    }

    private int leased() {
        return count("due", "lease_token IS NOT NULL")
                + count("customer", "id IN (SELECT customer_id FROM alohub.merge_leased)");
    }

    int probes() {
        return number("probes");
    }

    /** @return the column of {@code account} */
    int number(String column) {
        return Integer.parseInt(
                rig.database.one("SELECT " + column + " FROM alohub.account WHERE name = '" + name + "'"));
    }

    boolean hasSpentNoAttempt() {
        return count("due", "attempts <> 0") == 0 && customersThatAre("status = 'DEAD'") == 0;
    }

    /** Of a phone's attempts, oldest first. */
    List<String> outcomes(String e164) {
        return rig.database.column("SELECT outcome FROM alohub.delivery_attempt WHERE account = '" + name
                + "' AND phone = '" + e164 + "' ORDER BY id");
    }

    @Override
    public void close() {
        alohub.close();
    }
}
