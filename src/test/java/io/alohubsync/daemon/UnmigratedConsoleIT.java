package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Await;
import io.alohubsync.TestDatabase;
import io.alohubsync.access.PasswordHash;
import io.alohubsync.demo.Daemon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a packaged daemon that waits for somebody to migrate its database. */
class UnmigratedConsoleIT {

    private static final String PASSWORD = "bốn từ rất dễ nhớ";

    @TempDir
    Path folder;

    private static HttpResponse<String> send(Daemon daemon, String path, String language, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Forwarded-User", "lan")
                .header("X-Forwarded-Groups", "alohub-operator")
                .header("Cookie", "alohub-language=" + language);
        if (body != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void a_page_and_the_login_name_the_command_that_migrates() throws Exception {
        Path users = Files.writeString(
                folder.resolve("users"), "lan:operator:" + PasswordHash.of(PASSWORD.toCharArray()) + "\n");
        try (Rig rig = new Rig(TestDatabase.empty());
                Daemon daemon = rig.daemon()
                        .with("ALOHUB_DATABASE_MIGRATE", "false")
                        .with("ALOHUB_CONSOLE_USERS_FILE", users.toString())
                        .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0")
                        .with("ALOHUB_CONSOLE_PROXY_NETWORKS", "127.0.0.1")
                        .start()) {
            Await.until("the port is open", () -> daemon.port() != 0);
            for (String[] words : new String[][] {
                {"en", "has not been migrated to this version"}, {"vi", "chưa được cập nhật lên phiên bản này"}
            }) {
                for (String login : new String[] {null, "name=lan&password=x"}) {
                    HttpResponse<String> answer = send(daemon, login == null ? "/" : "/login", words[0], login);
                    assertEquals(503, answer.statusCode(), answer.body());
                    assertTrue(answer.body().contains(words[1]) && answer.body().contains("migrate"), answer.body());
                }
            }
        }
    }
}
