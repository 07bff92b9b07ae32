package io.alohubsync.notify;

import io.alohubsync.jdbc.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due, of each channel the oldest message first. A replica takes a message for two
 * minutes, sends it, and records that. If it is killed between the last two, another replica sends
 * the message once more. A message that could not be sent is due again after a wait that doubles,
 * for a day; then it is LOST, with the reason in its row and in the log, and is not sent any more.
 */
final class Sender {

    static final Duration GIVE_UP = Duration.ofDays(1);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration RUN = Duration.ofSeconds(20); // begins no message after that

    private static final Logger LOG = Logger.getLogger(Sender.class);
    private static final String SENT = "sent";
    private static final String FAILED = "failed";
    private static final String LOST = "lost";

    private final DataSource database;
    private final List<Way> ways;
    private final LongSupplier nanoTime;
    private final Map<String, Counter> counters = new HashMap<>();

    Sender(DataSource database, List<Way> ways, MeterRegistry registry, LongSupplier nanoTime) {
        this.database = database;
        this.ways = ways;
        this.nanoTime = nanoTime;
        for (Way way : ways) {
            for (String outcome : List.of(SENT, FAILED, LOST)) {
                counters.put(
                        way.channel() + outcome,
                        Counter.builder("alohub.sync.notifications")
                                .description("Attempts to send a notification, by what they came to")
                                .tag("channel", way.channel().name())
                                .tag("outcome", outcome)
                                .register(registry));
            }
        }
    }

    void send() throws SQLException, InterruptedException {
        long begun = nanoTime.getAsLong();
        for (Way way : ways) {
            while (nanoTime.getAsLong() - begun < RUN.toNanos() && sendNext(way)) {}
        }
    }

    /** @return false: none is due, or the channel is away */
    private boolean sendNext(Way way) throws SQLException, InterruptedException {
        Message message = Transaction.run(database, connection -> NotifySql.take(connection, way.channel()));
        if (message == null) {
            return false;
        }
        if (message.age().compareTo(GIVE_UP) >= 0) {
            giveUp(way.channel(), message);
            return true;
        }
        Way.@Nullable Missed missed;
        try {
            missed = way.send(message);
        } catch (Way.Undelivered failure) {
            failed(way.channel(), message, failure);
            return false;
        } catch (RuntimeException fault) {
            lost(way.channel(), message, fault);
            return true;
        }
        Transaction.run(database, connection -> {
            NotifySql.sent(connection, message, missed);
            return true;
        });
        count(way.channel(), SENT);
        if (missed != null) {
            LOG.warnf(
                    "The notification %s is sent by %s, but not to all: %s.",
                    message.content().event(), way.channel(), missed.sentence());
        }
        return true;
    }

    private void failed(Channel channel, Message message, Way.Undelivered failure) throws SQLException {
        String why = failure.sentence();
        Transaction.run(database, connection -> {
            NotifySql.delay(connection, message, waitAfter(message.attempt()), failure);
            return true;
        });
        count(channel, FAILED);
        if (message.attempt() == 1) {
            LOG.warnf(
                    "The notification %s could not be sent by %s: %s. It is tried again for a day.",
                    message.content().event(), channel, why);
        }
    }

    /** Also where no replica was running for so long: it describes a state that has passed. */
    private void giveUp(Channel channel, Message message) throws SQLException {
        String why = Transaction.run(database, connection -> NotifySql.giveUp(connection, message));
        count(channel, LOST);
        LOG.errorf(
                "The notification %s by %s is given up after a day and %d attempts: %s.",
                message.content().event(), channel, message.attempt() - 1, why);
    }

    /** Sent again it would fail again, and the next one would wait for it. */
    private void lost(Channel channel, Message message, RuntimeException fault) throws SQLException {
        Transaction.run(database, connection -> {
            NotifySql.lost(connection, message, "a fault of the program: see its log");
            return true;
        });
        count(channel, LOST);
        LOG.errorf(
                fault,
                "The notification %s can't be put into words.",
                message.content().event());
    }

    static Duration waitAfter(int attempt) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 10));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    private void count(Channel channel, String outcome) {
        Counter counter = counters.get(channel + outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
