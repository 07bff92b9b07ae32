package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    private static final int MOST_OPEN = 1000;
    private static final Pattern REPLY = Pattern.compile("\\b([245][0-9]{2})[ -]");

    private final ReactiveMailer mailer;
    private final NotifySettings settings;
    private final Writer writer;

    /** By message the addresses that have it, until all have. Of the thread that sends. */
    private final Map<Long, Set<String>> reached = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Set<String>> eldest) {
            return size() > MOST_OPEN; // those that were given up stay in it until then
        }
    };

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
        Letter letter = writer.letter(message.content());
        List<String> to =
                settings.mail().to().orElseThrow().stream().map(String::strip).toList();
        long begun = System.nanoTime();
        Set<String> has = reached.computeIfAbsent(message.id(), id -> new HashSet<>());
        Map<Integer, RuntimeException> refused = new TreeMap<>();
        Map<Integer, RuntimeException> later = new TreeMap<>();
        for (int i = 0; i < to.size(); i++) {
            if (!has.contains(to.get(i))) {
                try {
                    send(letter, to.get(i), begun);
                    has.add(to.get(i));
                } catch (RuntimeException failure) {
                    switch (Obstacle.of(failure).kind()) {
                        case MAIL_REFUSED -> refused.put(i + 1, failure);
                        case MAIL_LATER -> later.put(i + 1, failure);
                        default -> throw undelivered(failure);
                    }
                }
            }
        }
        if (refused.size() + later.size() == to.size()) {
            throw undelivered(later.getOrDefault(1, refused.get(1)));
        }
        if (!later.isEmpty()) {
            throw new Undelivered(
                    "the mail server takes the mail later for these addresses of alohub.notify.mail.to, by their place: "
                            + places(later),
                    some(Obstacle.Kind.MAIL_LATER, later));
        }
        reached.remove(message.id());
        return refused.isEmpty()
                ? null
                : new Missed(
                        "the mail server refuses these addresses of alohub.notify.mail.to, by their place: "
                                + places(refused),
                        some(Obstacle.Kind.ADDRESSES_REFUSED, refused));
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

    private static Obstacle some(Obstacle.Kind kind, Map<Integer, RuntimeException> failures) {
        RuntimeException first = failures.values().iterator().next();
        return new Obstacle(kind, Obstacle.of(first).status(), places(failures));
    }

    private static String places(Map<Integer, RuntimeException> failures) {
        return failures.entrySet().stream()
                .map(one -> one.getKey() + " (" + Obstacle.of(one.getValue()).status() + ")")
                .collect(Collectors.joining(", "));
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
