package io.alohubsync.alohub;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.TripCause;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer into an outcome. Pure: the same answer at the same time is the same outcome.
 *
 * @param requireSuccess a 2xx counts only if its body has a {@code success} of 1
 */
public record AnswerReader(boolean requireSuccess) {

    private static final int NOT_MODIFIED = 304;

    /**
     * @param now  the moment of the answer: for Retry-After as a date, where the answer has no date
     * @param key  that was used, and {@code lead} that was sent: neither appears in the outcome's
     *             words
     */
    public Outcome read(Answer answer, Instant now, ApiKey key, Lead lead) {
        if (answer.body().length == 0 && answer.status() / 100 == 2 && !requireSuccess && !answer.garbled()) {
            return new Outcome.Accepted(answer.status(), false);
        }
        Outcome read = read(answer, AnswerBody.of(answer), now);
        return switch (read) {
            case Outcome.Refused(int status, String words) ->
                new Outcome.Refused(status, Redaction.of(words, key, lead));
            case Outcome.Failed(Integer status, String words) ->
                new Outcome.Failed(status, Redaction.of(words, key, lead));
            case Outcome.Throttled(int status, var pause, String words) ->
                new Outcome.Throttled(status, pause, Redaction.of(words, key, lead));
            case Outcome.AccountRefused(int status, TripCause cause, String words) ->
                new Outcome.AccountRefused(status, cause, Redaction.of(words, key, lead));
            case Outcome.NotSent(Integer status, String words) ->
                new Outcome.NotSent(status, Redaction.of(words, key, lead));
            case Outcome.Accepted accepted -> accepted;
            case Outcome.Unknown unknown -> unknown;
            case Outcome.NotStarted notStarted -> notStarted;
        };
    }

    private Outcome read(Answer answer, AnswerBody body, Instant now) {
        int status = answer.status();
        if (status < 100 || status > 999) {
            return new Outcome.Failed(null, "the answer is garbled: HTTP has no status " + status);
        }
        if (status / 100 == 1) {
            return new Outcome.Unknown("HTTP " + status + " came, which is not a final answer");
        }
        boolean isSuccess = status / 100 == 2;
        Envelope envelope = body.envelope();
        if (isSuccess && body.isSuccess()) {
            return new Outcome.Accepted(status, true);
        }
        String words = words(answer, body);
        if ((envelope != null && envelope.isLimit(isSuccess))
                || status == 429
                || (status == 503 && answer.retryAfter() != null)) {
            Duration pause =
                    answer.retryAfter() == null ? null : answer.retryAfter().pause(now);
            return new Outcome.Throttled(status, pause, words);
        }
        if (status == 401 || (envelope != null && envelope.isKeyRefused(isSuccess))) {
            return new Outcome.AccountRefused(status, TripCause.KEY, words);
        }
        return switch (status / 100) {
            case 2 -> success(answer, body, words);
            case 3 -> new Outcome.AccountRefused(status, TripCause.ENDPOINT, redirect(answer));
            default -> failure(status, body, words);
        };
    }

    /**
     * An envelope is not required. One that reports a failure is a failure, and so is a web page,
     * which Alohub does not send.
     */
    private Outcome success(Answer answer, AnswerBody body, String words) {
        int status = answer.status();
        if (answer.garbled()) {
            return new Outcome.Failed(status, "HTTP " + status + ": the answer's compressed content can't be read");
        }
        return switch (body.kind()) {
            case EMPTY, TEXT -> withoutEnvelope(status, words);
            case JSON -> {
                Envelope envelope = body.envelope();
                boolean failed = envelope != null && (envelope.success() != null || envelope.isFailure());
                yield failed ? new Outcome.Failed(status, words) : withoutEnvelope(status, words);
            }
            case HTML -> new Outcome.Failed(status, "a web page came instead of Alohub's answer: " + words);
            case GARBLED -> new Outcome.Failed(status, "the answer is not the JSON it claims to be: " + words);
        };
    }

    private Outcome withoutEnvelope(int status, String words) {
        return requireSuccess
                ? new Outcome.Failed(
                        status, "the answer has no success, which alohub.answer.require-success asks for: " + words)
                : new Outcome.Accepted(status, false);
    }

    private static Outcome failure(int status, AnswerBody body, String words) {
        return switch (status) {
            case 402 -> new Outcome.AccountRefused(status, TripCause.PAYMENT, words);
            case 403 -> new Outcome.AccountRefused(status, forbidden(body), words);
            case 404, 410 -> new Outcome.AccountRefused(status, TripCause.ENDPOINT, words);
            case 405, 415, 426 -> new Outcome.AccountRefused(status, TripCause.CONTRACT, words);
            case 451, 511 -> new Outcome.AccountRefused(status, TripCause.FIREWALL, words);
            case 407 -> new Outcome.NotSent(status, "a proxy on the way asks for a login: " + words);
            case 408, 409, 421, 423, 425 -> new Outcome.Failed(status, words);
            default -> status / 100 == 4 ? new Outcome.Refused(status, words) : new Outcome.Failed(status, words);
        };
    }

    /**
     * Alohub itself answers in JSON. Anything else comes from a proxy, firewall or CDN in front of
     * it.
     */
    private static TripCause forbidden(AnswerBody body) {
        return body.envelope() != null ? TripCause.KEY : TripCause.FIREWALL;
    }

    private static String words(Answer answer, AnswerBody body) {
        StringBuilder words = new StringBuilder("HTTP ").append(answer.status());
        String code = body.envelope() == null ? null : body.envelope().errorCode();
        if (code != null && !code.isBlank()) {
            words.append(' ').append(code);
        }
        return body.words().isBlank() || answer.garbled()
                ? words.toString()
                : words.append(": ").append(body.words()).toString();
    }

    private static String redirect(Answer answer) {
        if (answer.status() == NOT_MODIFIED) {
            return "HTTP 304: no server answers so to a POST; a cache or proxy on the way may. Set alohub.base-url to the"
                    + " address that answers.";
        }
        return "HTTP " + answer.status() + ": Alohub's address redirects to " + host(answer.location())
                + "; the key does not follow. Set alohub.base-url to the address that answers.";
    }

    private static String host(@Nullable String location) {
        try {
            String host = location == null ? null : URI.create(location.strip()).getHost();
            return host == null ? "another page" : host;
        } catch (IllegalArgumentException notAnAddress) {
            return "another page";
        }
    }
}
