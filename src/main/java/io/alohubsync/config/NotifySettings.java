package io.alohubsync.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings under {@code alohub.notify.}: the messages by mail and webhook. Off while
 * neither has an address.
 */
public interface NotifySettings {

    MailSettings mail();

    WebhookSettings webhook();

    /** The language of the messages. */
    @WithDefault("vi")
    Language language();

    /** How often each replica compares the state with the last notification: 1 s to 1 min. */
    @WithDefault("15s")
    Duration interval();

    /** How long a state must last before it is reported: 0 to 1 h. */
    @WithDefault("2m")
    Duration after();

    /** A customer that has been due for longer is overdue: 1 min to 7 days. */
    @WithDefault("15m")
    Duration overdue();

    /** Of the rows of an hour, the share whose rejection is reported: 0.001 to 1. */
    @WithDefault("0.05")
    double rejectedShare();

    /** When the figures of the day before are sent, {@code HH:MM}; {@code off}: never. */
    @WithDefault("08:00")
    String digest();

    /** The zone of that time and of its day. */
    @WithDefault("Asia/Ho_Chi_Minh")
    String zone();

    /** The address of the console, for a link; absent: no link. */
    Optional<@WithConverter(WebAddress.class) String> consoleUrl();

    /** Whether messages are sent. (A default method would be a setting.) */
    static boolean isOn(NotifySettings settings) {
        return settings.mail().to().isPresent() || settings.webhook().url().isPresent();
    }

    /** The server is Quarkus' own: {@code quarkus.mailer.host} and the others. */
    interface MailSettings {

        /** The recipients. */
        Optional<List<String>> to();

        /** The sender; absent: {@code quarkus.mailer.from}. */
        Optional<String> from();
    }

    interface WebhookSettings {

        /** Where a message is posted. Its path may hold a token: secret. */
        Optional<@WithConverter(WebAddress.class) String> url();

        /** The key that signs the messages. Secret; exactly one of this and {@link #secretFile()}. */
        Optional<String> secret();

        /** A file that holds the secret; read again for each message. */
        Optional<String> secretFile();

        /** Whether the address may be plain http to another machine. */
        @WithDefault("false")
        boolean allowHttp();
    }
}
