package io.alohubsync.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.Required;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus' own tool says of the alert rules. */
class PromtoolTest {

    @BeforeEach
    void is_installed() {
        Required.toBeThere(Prometheus.NEEDED, Prometheus.isInstalled());
    }

    @Test
    void the_rules_are_sound() throws Exception {
        run("check", "rules", AlertRules.FILE.toString());
    }

    @Test
    void each_alert_fires_when_it_should_and_only_then() throws Exception {
        run("test", "rules", MonitoringTest.RULE_TESTS.toString());
    }

    @Test
    void the_settings_of_the_composed_prometheus_are_sound() throws Exception {
        run("check", "config", "--syntax-only", "docker/prometheus/prometheus.yml");
    }

    private static void run(String... arguments) throws Exception {
        assertEquals("", Prometheus.complaintsOfPromtool(arguments));
    }
}
