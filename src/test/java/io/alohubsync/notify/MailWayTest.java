package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.config.Language;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mail.SMTPException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What the log and the database say about a mail that was not sent. */
class MailWayTest {

    private static String sentence(Throwable cause) {
        Throwable failure = new SSLHandshakeException("PKIX path building failed for an@example.vn").initCause(cause);
        String sentence = MailWay.sentence(failure, Obstacle.of(failure));
        assertFalse(sentence.contains("@"), sentence);
        return sentence;
    }

    @Test
    void a_server_that_takes_mails_later_is_no_matter_of_addresses() {
        for (int reply : new int[] {421, 450, 451, 452}) {
            Throwable failure = new SMTPException("service not ready", reply, List.of(reply + " an@example.vn"), true);
            String sentence = MailWay.sentence(failure, Obstacle.of(failure));
            assertTrue(sentence.contains("later") && sentence.contains(String.valueOf(reply)), sentence);
            assertFalse(sentence.contains("addresses") || sentence.contains("@"), sentence);
        }
        assertEquals(Obstacle.Kind.MAIL_REFUSED, Obstacle.ofMail(550).kind());
        assertEquals(Obstacle.Kind.LOGIN, Obstacle.ofMail(454).kind());
    }

    private static Uni<Void> answered(int reply) {
        return reply == 250
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(new SMTPException("no", reply, List.of(reply + " no"), true));
    }

    /** A mailbox is full for a day, another one is gone. */
    @Test
    void an_address_that_gets_no_mail_keeps_none_from_the_others_and_they_get_it_once() throws Exception {
        Map<String, Integer> answers = new HashMap<>(Map.of("an@x.vn", 250, "binh@x.vn", 452, "chi@x.vn", 550));
        List<String> sent = new ArrayList<>();
        ReactiveMailer mailer = mails -> {
            sent.add(mails[0].getTo().getFirst());
            return answered(answers.get(mails[0].getTo().getFirst()));
        };
        MailWay way = new MailWay(
                mailer,
                FixedSettings.of(Map.of("alohub.notify.mail.to", "an@x.vn,binh@x.vn,chi@x.vn")),
                new Writer(new Words(Language.EN, ZoneId.of("UTC")), null));
        Message message = new Message(
                new Message.Content("test", Topic.ALL, new JsonObject(), Instant.EPOCH), 7, 1, Duration.ZERO);
        Way.Undelivered later = assertThrows(Way.Undelivered.class, () -> way.send(message));
        assertTrue(later.sentence().endsWith(": 2 (452)"), later.sentence());
        assertTrue(later.obstacle().isOfMessage(), "others do not wait for it for a day");
        Message next = new Message(message.content(), 8, 1, Duration.ZERO);
        assertThrows(Way.Undelivered.class, () -> way.send(next), "sent in between");
        sent.clear();
        answers.put("binh@x.vn", 250);
        Way.Missed missed = way.send(message);
        assertNotNull(missed);
        assertTrue(missed.sentence().endsWith(": 3 (550)"), missed.sentence());
        assertEquals(List.of("binh@x.vn", "chi@x.vn"), sent);
        answers.replaceAll((address, reply) -> 452);
        Message last = new Message(message.content(), 9, 1, Duration.ZERO);
        assertFalse(assertThrows(Way.Undelivered.class, () -> way.send(last))
                .obstacle()
                .isOfMessage());
    }

    @Test
    void a_certificate_that_keeps_a_mail_back_is_named_with_the_remedy() {
        String untrusted = sentence(new CertificateException("x", new CertPathBuilderException("no path")));
        assertTrue(untrusted.contains("is not trusted") && untrusted.contains("javax.net.ssl.trustStore"), untrusted);
        String expired = sentence(new CertificateExpiredException("x"));
        assertTrue(expired.contains("has expired") && expired.contains("clock"), expired);
        String other = sentence(new CertificateException("No subject alternative names present"));
        assertTrue(other.contains("another name") && other.contains("quarkus.mailer.host"), other);
    }
}
