package io.alohubsync.kubernetes;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that contradict each other, or that hold a secret: one sentence, with the remedy. */
@ResourceLock("Helm") // its library renders one chart at a time
class ChartRefusalsTest {

    /** @param values {@code name=value}, separated by blanks */
    private static String refusalOf(String values) {
        Map<String, String> all = new HashMap<>(Chart.REQUIRED);
        for (String value : values.split(" ")) {
            all.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
        }
        return assertThrows(IllegalStateException.class, () -> Chart.rendered("production", all))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settings.QUARKUS_SHUTDOWN_DELAY=30s | QUARKUS_SHUTDOWN_DELAY, which the chart sets for its probes",
                "settings.QUARKUS_MANAGEMENT_HOST=127.0.0.1 | QUARKUS_MANAGEMENT_HOST, which the chart sets for its probes",
                "settings.QUARKUS_HTTP_HOST=127.0.0.1 | QUARKUS_HTTP_HOST, which the chart sets for its probes",
                "notify.webhook.secret.name=w settings.ALOHUB_NOTIFY_WEBHOOK_SECRET_FILE=/x | use notify.webhook.secret instead",
                "settings.ALOHUB_NOTIFY_WEBHOOK_URL=https://chat.example.vn/token | use notify.webhook.url instead, or where",
                "settings.ALOHUB_NOTIFY_LANGUAGE=en | which the chart sets: use notify.language instead",
                "console.secret=c settings.ALOHUB_CONSOLE_USERS_FILE=/x | use the key users of the Secret console.secret",
                "console.secret=c settings.ALOHUB_CONSOLE_LANGUAGE=en | use console.language instead",
                "console.secret=c console.forwarders[0]=10.0.0.0/24 settings.ALOHUB_CONSOLE_FORWARDERS=x | use console.forwarders",
                "extraEnv[0].name=TZ extraEnv[0].value=a extraEnv[1].name=TZ extraEnv[1].value=b | holds TZ, which is set twice"
            })
    void a_variable_that_the_chart_sets_itself(String values, String sentence) {
        assertTrue(refusalOf(values).contains(sentence), refusalOf(values));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALOHUB_CONSOLE_ENCRYPTION_KEY=x",
                "ALOHUB_CONSOLE_OIDC_CLIENT_SECRET=x",
                "ALOHUB_INTAKE_TOKENS=shop:x",
                "ALOHUB_INTAKE_SOURCES_SHOP_TOKEN=x",
                "ALOHUB_INTAKE_SOURCES_SHOP_HMAC_SECRET=x",
                "ALOHUB_NOTIFY_WEBHOOK_SECRET=x",
                "QUARKUS_MAILER_PASSWORD=x",
                "OTEL_EXPORTER_OTLP_HEADERS=authorization=x",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS=authorization=x",
                "ALOHUB_PROXY=http://user:x@proxy:3128"
            })
    void a_secret_among_the_settings(String setting) {
        String values = "networkPolicy.enabled=false settings." + setting;
        assertTrue(
                refusalOf(values).contains("put it into a Secret and name that under secretSettings"),
                refusalOf(values));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://user:x@proxy:3128",
        "http_proxy, http://user:x@proxy:3128",
        "OTEL_EXPORTER_OTLP_LOGS_HEADERS, authorization=x"
    })
    void a_secret_among_the_further_variables(String name, String value) {
        String values = "networkPolicy.enabled=false extraEnv[0].name=" + name + " extraEnv[0].value=" + value;
        assertTrue(refusalOf(values).contains("take it from a Secret with valueFrom"), refusalOf(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heap=64m | heap is 64m: set it to at least 96m",
                "heap=256m | set it to at least 672Mi",
                "heap=1g resources.limits.memory=1Gi | set it to at least 1440Mi",
                "heap=256m resources.limits.memory=lots | resources.limits.memory (lots) is no quantity of memory",
                "extraEnv[0].name=JAVA_TOOL_OPTIONS extraEnv[0].value=-Xmx256m | set heap, and resources.limits.memory",
                "extraEnv[0].name=JDK_JAVA_OPTIONS extraEnv[0].value=-XX:MaxRAMPercentage=50 | set heap, and resources.limits.memory"
            })
    void a_heap_that_would_not_fit_or_have_no_effect(String values, String sentence) {
        assertTrue(refusalOf(values).contains(sentence), refusalOf(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "notify.mail.to[0]=a@b.vn notify.mail.host=h networkPolicy.enabled=false | notify.mail.from is missing: set it to",
                "notify.mail.to[0]=a@b.vn notify.mail.from=a@b.vn networkPolicy.enabled=false | notify.mail.host is missing",
                "notify.mail.to[0]=a@b.vn notify.mail.from=a@b.vn notify.mail.host=h | networkPolicy.smtp.to is missing",
                "notify.webhook.url=https://chat.example.vn:8443/hook | networkPolicy.webhook.to is missing",
                "alohub.baseUrl=https://crm.example.vn:8443 console.secret=c console.oidc.clientId=a console.oidc.url=https://login.example.vn | and no other rule opens port 443 of console.oidc.url",
                "settings.ALOHUB_PROXY=http://proxy:3128 | networkPolicy.proxy.to is missing",
                "extraEnv[0].name=HTTPS_PROXY extraEnv[0].value=http://proxy:3128 | networkPolicy.proxy.to is missing",
                "keda.minReplicas=4 | keda.minReplicas is 4 and keda.maxReplicas 3",
                "monitoring.prometheusRule.disabled[0]=AlohubSyncDeaf | AlohubSyncDeaf, which is no alert"
            })
    void what_lacks_its_other_half(String values, String sentence) {
        assertTrue(refusalOf(values).contains(sentence), refusalOf(values));
    }

    @Test
    void what_can_go_out_by_another_rule_is_taken() {
        Map<String, String> values = new HashMap<>(Chart.REQUIRED);
        values.put("notify.webhook.url", "https://chat.example.vn/hook"); // where Alohub is: the internet, port 443
        values.put("settings.ALOHUB_PROXY", "none");
        assertTrue(Chart.rendered("production", values).contains("https://chat.example.vn/hook"));
    }
}
