package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By mail, with Quarkus' mailer: {@code quarkus.mailer.host} and the others. */
final class MailWay implements Way {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Pattern REPLY = Pattern.compile("\\b([245][0-9]{2})[ -]");

    private final ReactiveMailer mailer;
    private final NotifySettings settings;
    private final Writer writer;

    MailWay(ReactiveMailer mailer, NotifySettings settings, Writer writer) {
        this.mailer = mailer;
        this.settings = settings;
        this.writer = writer;
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    @Override
    public void send(Message message) throws Undelivered {
        Letter letter = writer.letter(message.content());
        List<String> to =
                settings.mail().to().orElseThrow().stream().map(String::strip).toList();
        Mail mail = new Mail()
                .setTo(to)
                .setSubject(letter.subject())
                .setText(letter.plain())
                .setHtml(letter.html(settings.language().name()))
                .addHeader("Auto-Submitted", "auto-generated"); // so that no out-of-office reply comes
        settings.mail().from().map(String::strip).ifPresent(mail::setFrom);
        try {
            mailer.send(mail).await().atMost(PATIENCE);
        } catch (RuntimeException failure) {
            Obstacle obstacle = Obstacle.of(failure);
            throw new Undelivered(sentence(failure, obstacle), obstacle);
        }
    }

    /**
     * The server's reply may quote an address, and a client's message the password: only the code
     * is kept.
     */
    static String sentence(Throwable failure, Obstacle obstacle) {
        return switch (obstacle.kind()) {
            case UNTRUSTED ->
                "the certificate of the mail server is not trusted: have it use one of a known authority, or trust its own with"
                        + " javax.net.ssl.trustStore (docs/kubernetes.md)";
            case EXPIRED ->
                "the certificate of the mail server has expired or is not valid yet: have it renewed, and check this machine's clock";
            case OTHER_NAME ->
                "the certificate of the mail server is for another name: set quarkus.mailer.host to the name in it, or have it"
                        + " corrected";
            case MAIL_LATER ->
                "the mail server answered " + obstacle.status()
                        + ", so it takes the mail later; if it goes on, the log of the mail server says why";
            default -> sentence(failure);
        };
    }

    private static String sentence(Throwable failure) {
        String kinds = failure.getClass().getSimpleName();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            kinds = cause.getClass().getSimpleName();
            Matcher reply = REPLY.matcher(String.valueOf(cause.getMessage()));
            if (reply.find()) {
                return "the mail server answered " + reply.group(1)
                        + ": check quarkus.mailer.username, .password and the addresses";
            }
        }
        return "the mail server could not be used (" + kinds
                + "): check quarkus.mailer.host, .port, .tls and .start-tls, and the way to it";
    }
}
