package io.alohubsync.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.ext.mail.SMTPException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
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
