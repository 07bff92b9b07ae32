package io.alohubsync.alohub;

import io.alohubsync.account.TripCause;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an account because of one customer's answer: alohub-sync's own words, the status
 * and the code. Alohub's words may be about the customer, so they are in the customer's history
 * alone.
 */
public final class OwnWords {

    private static final Pattern SAID = Pattern.compile(
            "(?:(?!HTTP [0-9]{3})(.{1,100}?): )?HTTP [0-9]{3}(?: ([A-Z_]{2,60})(?![^:]))?.*", Pattern.DOTALL);

    /** A code of these words names no person. */
    private static final Set<String> OF_CODES = Set.of("""
            ACCESS ACCOUNT ALLOWED API AUTH AUTHENTICATION AUTHORIZATION BAD BLOCKED BUSY CLOSED CONTACT CONTACTS CREDENTIALS
            CUSTOMER DENIED DISABLED DOWN ERROR EXCEEDED EXPIRED FAIL FAILED FIELD FORBIDDEN FORMAT FOUND HOST INACTIVE
            INSUFFICIENT INTERNAL INVALID IP IS KEY LEAD LEADS LICENSE LIMIT LOCKED MAINTENANCE MANY METHOD MISSING NO NOT OF
            OUT OUTBOUND OVERDUE PARAMETER PARTNER PAYLOAD PAYMENT PERMISSION PLAN QUOTA RATE REACHED REFUSED REJECTED REQUEST
            REQUESTS REQUIRED REVOKED SCOPE SERVER SERVICE SUBSCRIPTION SUSPENDED SYSTEM TEMPORARILY TENANT THROTTLED TIMEOUT
            TOKEN TOO TRIAL UNAUTHORIZED UNAVAILABLE UNKNOWN UNPAID USAGE USER VALIDATION""".split("\\s+"));

    private OwnWords() {}

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> own(refused.status(), refused.words());
            case Outcome.Failed failed -> own(failed.status(), failed.words());
            case Outcome.Throttled throttled -> own(throttled.status(), throttled.words());
            case Outcome.AccountRefused refused ->
                isRedirect(refused) ? refused.words() : own(refused.status(), refused.words());
            case Outcome.NotSent notSent -> own(notSent.status(), notSent.words());
            case Outcome.Unknown unknown -> unknown.words();
            case Outcome.Accepted accepted -> "";
            case Outcome.NotStarted notStarted -> "";
        };
    }

    /** These name the host alone. */
    private static boolean isRedirect(Outcome.AccountRefused refused) {
        return refused.status() / 100 == 3 && refused.cause() == TripCause.ENDPOINT;
    }

    /** @param status null: there was no answer, so the words are alohub-sync's own */
    private static String own(@Nullable Integer status, String words) {
        if (status == null) {
            return words;
        }
        Matcher said = SAID.matcher(words);
        if (!said.matches()) {
            return "HTTP " + status;
        }
        String code = said.group(2);
        String kept = "HTTP " + status + (code != null && isKnown(code) ? " " + code : "");
        return said.group(1) == null ? kept : said.group(1) + ": " + kept;
    }

    private static boolean isKnown(String code) {
        return Arrays.stream(code.split("_")).allMatch(OF_CODES::contains);
    }
}
