package io.alohubsync.monitoring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus that scrapes daemons on this machine once a second, with the shipped alert
 * rules.
 */
public final class Prometheus implements AutoCloseable {

    public static final String NEEDED = "Prometheus with promtool (apt-get install --no-install-recommends prometheus)";

    private static final String LISTENING = "msg=\"Listening on\" address=";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final CompletableFuture<String> address = new CompletableFuture<>();

    private Prometheus(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("prometheus-output").start(this::read);
    }

    public static boolean isInstalled() {
        return List.of("prometheus", "promtool").stream().allMatch(Prometheus::isOnThePath);
    }

    private static boolean isOnThePath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** @return empty: it has none */
    public static String complaintsOfPromtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said;
    }

    /** @param folder of its own: for its settings and its data */
    public static Prometheus scraping(Path folder, int port) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: alohub-sync
                    metrics_path: /q/metrics
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(AlertRules.FILE.toAbsolutePath(), port));
        return new Prometheus(new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0",
                        "--log.format=logfmt")
                .redirectErrorStream(true)
                .start());
    }

    private void read() {
        StringBuilder said = new StringBuilder();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                int at = line.indexOf(LISTENING);
                if (at >= 0) {
                    address.complete(line.substring(at + LISTENING.length()).strip());
                }
            }
        } catch (IOException brokeOff) {
            said.append("(its output broke off)");
        }
        address.completeExceptionally(new IllegalStateException("Prometheus ended:\n" + said));
    }

    /** @return the series of an instant query's vector, of now */
    public JsonArray query(String expression) {
        return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .getJsonArray("result");
    }

    /** @return the sum over all series; 0 where there are none */
    public double sum(String expression) {
        return Dashboard.objects(query(expression)).stream()
                .mapToDouble(series ->
                        Double.parseDouble(series.getJsonArray("value").getString(1)))
                .sum();
    }

    /** The shipped alerts as it evaluates them: name, health, lastError, state. */
    public List<JsonObject> alerts() {
        return Dashboard.objects(get("rules?type=alert").getJsonArray("groups")).stream()
                .flatMap(group -> Dashboard.objects(group.getJsonArray("rules")).stream())
                .toList();
    }

    private JsonObject get(String path) {
        try {
            URI uri = URI.create(
                    "http://" + address.orTimeout(20, TimeUnit.SECONDS).join() + "/api/v1/" + path);
            String answer = HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            JsonObject json = new JsonObject(answer);
            if (!json.getString("status").equals("success")) {
                throw new IllegalStateException(json.getString("error"));
            }
            return json.getJsonObject("data");
        } catch (IOException gone) {
            throw new IllegalStateException("Prometheus does not answer", gone);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
