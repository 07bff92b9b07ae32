package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A test message by the ways that are set, sent as the daemon sends its own, and what kept it from
 * being sent. Nothing is recorded.
 */
public final class TestMessages {

    private static final String EVENT = "test";

    private final NotifySettings settings;
    private final InstantSource clock;

    /** @param settings sound ones */
    public TestMessages(NotifySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** @return empty: the mail server has taken it for each address */
    public Optional<Obstacle> byMail(ReactiveMailer mailer) throws InterruptedException {
        return sent(new MailWay(mailer, settings, writer()));
    }

    /** @return empty: the receiver has answered 2xx */
    public Optional<Obstacle> byWebhook() throws InterruptedException {
        return sent(new WebhookWay(settings, writer(), clock));
    }

    private Writer writer() {
        Words words = new Words(settings.language(), ZoneId.of(settings.zone().strip()));
        return new Writer(words, settings.consoleUrl().orElse(null));
    }

    /** @return empty: all have it */
    private Optional<Obstacle> sent(Way way) throws InterruptedException {
        Instant now = clock.instant();
        Message.Content content = new Message.Content(EVENT, Topic.ALL, new JsonObject(), now);
        try {
            Way.Missed missed = way.send(new Message(
                    content, -now.toEpochMilli(), 1, Duration.ZERO)); // the id of no message, and never twice
            return Optional.ofNullable(missed).map(Way.Missed::obstacle);
        } catch (Way.Undelivered failure) {
            return Optional.of(failure.obstacle());
        }
    }
}
