package io.alohubsync.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The simulated Alohub as a jar of its own, away from the project's folder. */
class SimulatorJarIT {

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> call(String method, String url, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", Simulator.KEY)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void the_jar_starts_by_itself_answers_and_fails_when_it_is_set_to() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process simulator = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-jar",
                        Path.of("target/alohub-simulator.jar").toAbsolutePath().toString(),
                        "0")
                .directory(Files.createTempDirectory("simulator").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = simulator.inputReader()) {
            String line = said.readLine();
            assertTrue(line != null && line.contains("listens on http://127.0.0.1:"), line);
            String url = line.replaceFirst(".*(http://\\S+).*", "$1");
            String lead = "{\"phone\":\"0868793800\",\"name\":\"Thủy\"}";
            assertEquals(200, call("POST", url + "/api/crm/lead", lead).statusCode());
            assertEquals(200, call("PUT", url + "/simulator/mode", "failing").statusCode());
            assertEquals(500, call("POST", url + "/api/crm/lead", lead).statusCode());
            assertTrue(call("GET", url + "/simulator/leads", "").body().contains("Thủy"));
        } finally {
            simulator.destroyForcibly().waitFor();
        }
    }
}
