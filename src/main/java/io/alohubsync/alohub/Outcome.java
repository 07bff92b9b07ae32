package io.alohubsync.alohub;

import io.alohubsync.account.TripCause;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an attempt. {@code words} are plain, free of personal data and of the key, at most
 * 2 KiB.
 */
public sealed interface Outcome {

    /** Of those that a call can have. */
    List<String> CODES =
            List.of("ACCEPTED", "REFUSED", "FAILED", "UNKNOWN", "NOT_SENT", "THROTTLED", "ACCOUNT_REFUSED");

    /** As {@code delivery_attempt.outcome} and the metrics have it. */
    default String code() {
        return switch (this) {
            case Accepted accepted -> "ACCEPTED";
            case Refused refused -> "REFUSED";
            case Failed failed -> "FAILED";
            case Unknown unknown -> "UNKNOWN";
            case NotSent notSent -> "NOT_SENT";
            case Throttled throttled -> "THROTTLED";
            case AccountRefused accountRefused -> "ACCOUNT_REFUSED";
            case NotStarted notStarted -> "NOT_STARTED";
        };
    }

    /** Null: no status line came. */
    default @Nullable Integer httpStatus() {
        return switch (this) {
            case Accepted accepted -> accepted.status();
            case Refused refused -> refused.status();
            case Failed failed -> failed.status();
            case NotSent notSent -> notSent.status();
            case Throttled throttled -> throttled.status();
            case AccountRefused accountRefused -> accountRefused.status();
            case Unknown unknown -> null;
            case NotStarted notStarted -> null;
        };
    }

    /** Null: there is nothing to say. */
    @Nullable
    String words();

    /** A 2xx that passed the success rule. @param envelope its body has a {@code success} */
    record Accepted(int status, boolean envelope) implements Outcome {

        @Override
        public @Nullable String words() {
            return null;
        }
    }

    /** Alohub refuses this customer. */
    record Refused(int status, String words) implements Outcome {}

    /** @param status null: no status line came */
    record Failed(@Nullable Integer status, String words) implements Outcome {}

    /** The request may have been applied. */
    record Unknown(String words) implements Outcome {}

    /** No byte of the request was sent. @param status of a proxy's answer; null: there was none */
    record NotSent(@Nullable Integer status, String words) implements Outcome {

        public NotSent(String words) {
            this(null, words);
        }
    }

    /** No call was begun: S was over, or the program stops. */
    record NotStarted() implements Outcome {

        @Override
        public @Nullable String words() {
            return null;
        }
    }

    /** @param pause null: Alohub named no usable time */
    record Throttled(int status, @Nullable Duration pause, String words) implements Outcome {

        /** Less than a second: a limit was met, and no pause asked for. */
        public boolean asksForPause() {
            return pause == null || pause.compareTo(Duration.ofSeconds(1)) >= 0;
        }
    }

    /** The account is refused, not its customer. @param cause names the remedy */
    record AccountRefused(int status, TripCause cause, String words) implements Outcome {

        /** A firewall may refuse one name; a refused key and a missing payment do so rarely. */
        public boolean usuallyConcernsAll() {
            return status == 401 || cause == TripCause.PAYMENT;
        }
    }
}
