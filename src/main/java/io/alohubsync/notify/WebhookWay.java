package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By a signed POST. One request, no redirect; the answer's body is not read. The client lives as
 * long as the request.
 */
final class WebhookWay implements Way {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NotifySettings settings;
    private final Writer writer;
    private final InstantSource clock;
    private final URI url;

    WebhookWay(NotifySettings settings, Writer writer, InstantSource clock) {
        this.settings = settings;
        this.writer = writer;
        this.clock = clock;
        this.url = URI.create(settings.webhook().url().orElseThrow().strip());
    }

    @Override
    public Channel channel() {
        return Channel.WEBHOOK;
    }

    @Override
    public @Nullable Missed send(Message message) throws Undelivered, InterruptedException {
        byte[] body = body(message).encode().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "alohub-sync")
                .header(Signature.HEADER, Signature.of(secret(), clock.instant().getEpochSecond(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status = status(request);
        if (status < 200 || status > 299) {
            throw new Undelivered(
                    "the receiver answered " + status
                            + (status / 100 == 3 ? ": set alohub.notify.webhook.url to where it points" : ""),
                    Obstacle.ofStatus(status));
        }
        return null;
    }

    private static int status(HttpRequest request) throws Undelivered, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close(); // unread
            return answer.statusCode();
        } catch (IOException failure) {
            throw new Undelivered(
                    "the receiver could not be reached ("
                            + failure.getClass().getSimpleName()
                            + "): check alohub.notify.webhook.url and the way to it",
                    Obstacle.of(failure));
        } finally {
            client.shutdownNow();
        }
    }

    private JsonObject body(Message message) {
        Message.Content content = message.content();
        Letter letter = writer.letter(content);
        return new JsonObject()
                .put("id", String.valueOf(message.id()))
                .put("event", content.event())
                .put("account", content.account().equals(Topic.ALL) ? null : content.account())
                .put("time", content.at().toString())
                .put("language", settings.language().name().toLowerCase(Locale.ROOT))
                .put("title", letter.subject())
                .put("text", letter.plain())
                .put("url", settings.consoleUrl().orElse(null))
                .put("facts", content.facts());
    }

    private String secret() throws Undelivered {
        String secret = secret(settings.webhook());
        if (secret.length() < 16) {
            throw new Undelivered(
                    "the file of alohub.notify.webhook.secret-file can't be read, or holds less than 16 characters",
                    new Obstacle(Obstacle.Kind.SECRET, 0));
        }
        return secret;
    }

    /** @return empty: the file can't be read */
    static String secret(NotifySettings.WebhookSettings webhook) {
        try {
            return webhook.secretFile().isPresent()
                    ? Files.readString(Path.of(webhook.secretFile().get())).strip()
                    : webhook.secret().orElse("").strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
