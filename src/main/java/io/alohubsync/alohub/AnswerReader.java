package io.alohubsync.alohub;

import io.alohubsync.account.ApiKey;
import io.alohubsync.account.GateState;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an answer into an outcome. Pure: the same answer at the same time is the same outcome. */
public final class AnswerReader {

    private static final Set<String> KEY_REFUSED = Set.of("UNAUTHORIZED", "INSUFFICIENT_SCOPE");

    private AnswerReader() {}

    /**
     * @param now  the moment of the answer: for Retry-After as a date
     * @param key  that was used, and {@code lead} that was sent: neither appears in the outcome's words
     */
    public static Outcome read(Answer answer, Instant now, ApiKey key, Lead lead) {
        if (answer.body().length == 0 && answer.status() / 100 == 2) {
            return new Outcome.Accepted(answer.status());
        }
        AnswerBody body = AnswerBody.of(answer);
        Outcome read = read(answer, body, now);
        return switch (read) {
            case Outcome.Refused(int status, String words) ->
                new Outcome.Refused(status, Redaction.of(words, key, lead));
            case Outcome.Failed(Integer status, String words) ->
                new Outcome.Failed(status, Redaction.of(words, key, lead));
            case Outcome.Throttled(int status, var pause, String words) ->
                new Outcome.Throttled(status, pause, Redaction.of(words, key, lead));
            case Outcome.AccountRefused(int status, GateState gate, String words) ->
                new Outcome.AccountRefused(status, gate, Redaction.of(words, key, lead));
            case Outcome.Accepted accepted -> accepted;
            case Outcome.Unknown unknown -> unknown;
            case Outcome.NotSent notSent -> notSent;
            case Outcome.NotStarted notStarted -> notStarted;
        };
    }

    private static Outcome read(Answer answer, AnswerBody body, Instant now) {
        int status = answer.status();
        String words = words(answer, body);
        if ("RATE_LIMIT_EXCEEDED".equals(body.errorCode())
                || status == 429
                || (status == 503 && answer.retryAfter() != null)) {
            return new Outcome.Throttled(status, RetryAfter.parse(answer.retryAfter(), now), words);
        }
        if (status == 401 || status == 403 || (body.errorCode() != null && KEY_REFUSED.contains(body.errorCode()))) {
            return new Outcome.AccountRefused(status, GateState.REFUSED, words);
        }
        return switch (status / 100) {
            case 2 -> success(status, body, words);
            case 3 -> new Outcome.AccountRefused(status, GateState.MISCONFIGURED, redirect(answer));
            case 4 ->
                switch (status) {
                    case 404, 405 -> new Outcome.AccountRefused(status, GateState.MISCONFIGURED, words);
                    case 408, 425 -> new Outcome.Failed(status, words);
                    default -> new Outcome.Refused(status, words);
                };
            default -> new Outcome.Failed(status, words);
        };
    }

    /** ALOHUB's own client fails whenever success is not 1; an answer without it counts, a web page does not. */
    private static Outcome success(int status, AnswerBody body, String words) {
        return switch (body.kind()) {
            case EMPTY, TEXT -> new Outcome.Accepted(status);
            case JSON ->
                body.success() == null || body.success().equals("1")
                        ? new Outcome.Accepted(status)
                        : new Outcome.Failed(status, words);
            case HTML -> new Outcome.Failed(status, "a web page came instead of Alohub's answer: " + words);
            case GARBLED -> new Outcome.Failed(status, "the answer is not the JSON it claims to be: " + words);
        };
    }

    private static String words(Answer answer, AnswerBody body) {
        StringBuilder words = new StringBuilder("HTTP ").append(answer.status());
        if (body.errorCode() != null && !body.errorCode().isBlank()) {
            words.append(' ').append(body.errorCode());
        }
        return body.words().isBlank()
                ? words.toString()
                : words.append(": ").append(body.words()).toString();
    }

    private static String redirect(Answer answer) {
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
