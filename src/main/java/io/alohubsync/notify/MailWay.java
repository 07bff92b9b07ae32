package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** By mail, with Quarkus' mailer: {@code quarkus.mailer.host} and the others. */
final class MailWay implements Way {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    /** Begins no mail after that: another replica takes a message after two minutes. */
    private static final Duration ALL = Duration.ofSeconds(60);

    private static final Pattern REPLY = Pattern.compile("\\b([245][0-9]{2})[ -]");

    private final ReactiveMailer mailer;
    private final NotifySettings settings;
    private final Writer writer;

    /** The message that was sent last, and the addresses that have it. Of the thread that sends. */
    private long sending;

    private final Set<String> reached = new HashSet<>();

    MailWay(ReactiveMailer mailer, NotifySettings settings, Writer writer) {
        this.mailer = mailer;
        this.settings = settings;
        this.writer = writer;
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    /**
     * To each address by itself: one that does not exist keeps no mail from the others. Those that
     * have the message are not sent it again as long as this replica sends it.
     */
    @Override
    public @Nullable Missed send(Message message) throws Undelivered {
        if (message.id() != sending) {
            sending = message.id();
            reached.clear();
        }
        Letter letter = writer.letter(message.content());
        List<String> to =
                settings.mail().to().orElseThrow().stream().map(String::strip).toList();
        long begun = System.nanoTime();
        Map<Integer, RuntimeException> refused = new TreeMap<>();
        @Nullable RuntimeException later = null;
        for (int i = 0; i < to.size(); i++) {
            if (!reached.contains(to.get(i))) {
                try {
                    send(letter, to.get(i), begun);
                    reached.add(to.get(i));
                } catch (RuntimeException failure) {
                    switch (Obstacle.of(failure).kind()) {
                        case MAIL_REFUSED -> refused.put(i + 1, failure);
                        case MAIL_LATER -> later = failure;
                        default -> throw undelivered(failure);
                    }
                }
            }
        }
        if (later != null) {
            throw undelivered(later);
        }
        if (refused.size() == to.size()) {
            throw undelivered(refused.get(1));
        }
        return refused.isEmpty() ? null : missed(refused);
    }

    private void send(Letter letter, String address, long begun) {
        if (System.nanoTime() - begun > ALL.toNanos()) {
            throw new CompletionException(new TimeoutException());
        }
        Mail mail = new Mail()
                .addTo(address)
                .setSubject(letter.subject())
                .setText(letter.plain())
                .setHtml(letter.html(settings.language().name()))
                .addHeader("Auto-Submitted", "auto-generated"); // so that no out-of-office reply comes
        settings.mail().from().map(String::strip).ifPresent(mail::setFrom);
        mailer.send(mail).await().atMost(PATIENCE);
    }

    private static Undelivered undelivered(RuntimeException failure) {
        Obstacle obstacle = Obstacle.of(failure);
        return new Undelivered(sentence(failure, obstacle), obstacle);
    }

    private static Missed missed(Map<Integer, RuntimeException> refused) {
        String places = refused.entrySet().stream()
                .map(one -> one.getKey() + " (" + Obstacle.of(one.getValue()).status() + ")")
                .collect(Collectors.joining(", "));
        return new Missed(
                "the mail server refuses these addresses of alohub.notify.mail.to, by their place: " + places,
                Obstacle.ofAddresses(places));
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
