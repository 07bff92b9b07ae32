package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.alohubsync.Await;
import io.alohubsync.Required;
import io.alohubsync.demo.Daemon;
import io.alohubsync.demo.Reply;
import io.alohubsync.demo.Simulator;
import io.alohubsync.monitoring.AlertRules;
import io.alohubsync.monitoring.Dashboard;
import io.alohubsync.monitoring.Prometheus;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running daemon, scraped by a real Prometheus: dashboard and alerts ask for what is there. */
class PrometheusIT {

    private static final Pattern SELECTOR = Pattern.compile("\\balohub_sync_\\w+(\\{[^}]*})?");

    /**
     * Panels one of whose series may be missing: the JVM reports collections after the first one.
     */
    private static final Set<String> MAY_BE_EMPTY = Set.of("GC pauses, share of time: under 1 % is good");

    /** It takes a fault of a source; the metric itself is looked for. */
    private static final Set<String> OF_FAULTS = Set.of("alohub_sync_source_rejected_rows");

    private final Rig rig = new Rig();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void each_query_of_the_dashboard_and_of_the_alerts_finds_its_figures() throws Exception {
        Required.toBeThere(Prometheus.NEEDED, Prometheus.isInstalled());
        rig.alohub.behave(PrometheusIT::mixed);
        try (Connection reader = rig.database.dataSource().getConnection();
                Statement report = reader.createStatement()) {
            reader.setAutoCommit(false);
            report.execute("SELECT pg_current_xact_id()"); // from now on it holds the horizon back
            Daemon daemon = rig.start(rig.daemon()
                    .with("ALOHUB_INTAKE_TOKENS", "form:a-token-of-a-form-012345")
                    .with("ALOHUB_NOTIFY_WEBHOOK_URL", "http://127.0.0.1:9/hook")
                    .with("ALOHUB_NOTIFY_WEBHOOK_SECRET", "0123456789abcdef")
                    .with("ALOHUB_NOTIFY_DIGEST", "off"));
            daemon.get("/api/crm/lead");
            try (Prometheus prometheus = Prometheus.scraping(folder, daemon.managementPort())) {
                Await.until("it is scraped", () -> prometheus.sum("alohub_sync_rows_new * 0 + 1") == 1);
                rig.insertMany(200);
                rig.database.execute("INSERT INTO alohub.customer_outbox (phone) VALUES ('nonsense')");
                Await.until(
                        "the calls were scraped",
                        () -> prometheus.sum("alohub_sync_customers{status=\"DELIVERED\"}") == 180
                                && prometheus.sum("alohub_sync_customers{status=\"DEAD\"}") == 20
                                && prometheus.sum("rate(alohub_sync_attempts_total{outcome=\"FAILED\"}[1m])") > 0);
                check(prometheus);
                rig.database.execute("SELECT alohub.pause(reason => 'stocktaking')");
                Await.until(
                        "Prometheus sees what is wrong",
                        () -> Set.of("AlohubSyncDead", "AlohubSyncPaused").equals(notInactive(prometheus)));
                rig.database.cutOff(true);
                Await.until(
                        "its figures of the database grow old, and its loops do not",
                        () -> prometheus.sum("alohub_sync_sample_age_seconds") > 5
                                && prometheus.sum(
                                                "max(alohub_sync_loop_age_seconds{loop=~\"merge|sample|claim-default\"})")
                                        < 5);
            }
        }
    }

    /** One in ten is refused, one in ten fails the first time. */
    private static Reply mixed(Simulator.Call call) {
        return switch (call.phone().charAt(9)) {
            case '1' -> Reply.error(422, "INVALID", "x");
            case '2' -> call.count() == 1 ? Reply.error(500, "FAIL", "x") : Reply.success();
            default -> Reply.success();
        };
    }

    private static void check(Prometheus prometheus) {
        for (Dashboard.Query query : Dashboard.queries()) {
            boolean empty = prometheus.query(filledIn(query.expression())).isEmpty();
            assertFalse(empty && !MAY_BE_EMPTY.contains(query.panel()), query.panel() + ": " + query.expression());
        }
        for (AlertRules.Alert alert : AlertRules.alerts()) {
            prometheus.query(alert.expression());
            for (String selector : selectors(alert.expression())) {
                boolean empty = prometheus.query(selector).isEmpty();
                assertFalse(empty && !OF_FAULTS.contains(selector), alert.alert() + ": " + selector);
            }
        }
        for (JsonObject alert : prometheus.alerts()) {
            assertEquals("ok", alert.getString("health"), alert.getString("name"));
        }
        assertFalse(prometheus.sum("alohub_sync_oldest_transaction_age_seconds") <= 0);
        assertEquals(
                4,
                prometheus
                        .query("alohub_sync_loop_age_seconds{loop=~\"merge|sample|claim-default|settle-default\"}")
                        .size());
        assertEquals(1, prometheus.sum("alohub_sync_rows_rejected_total"));
        assertEquals(
                1,
                prometheus.sum(
                        "alohub_sync_rejections_total{account=\"default\", reason=~\"phone.+\", source=\"none\"}"));
        assertEquals(201, prometheus.sum("alohub_sync_rows_merged_total"));
    }

    /** As Grafana does when nothing was chosen. */
    private static String filledIn(String expression) {
        return expression.replace("$__rate_interval", "1m").replaceAll("\\$(namespace|job|account)", ".*");
    }

    private static List<String> selectors(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .map(found -> found.group())
                .toList();
    }

    private static Set<String> notInactive(Prometheus prometheus) {
        Set<String> names = new TreeSet<>();
        for (JsonObject alert : prometheus.alerts()) {
            if (!alert.getString("state").equals("inactive")) {
                names.add(alert.getString("name"));
            }
        }
        return names;
    }
}
