package io.alohubsync.notify;

import io.alohubsync.jdbc.Sql;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of notifications. Each runs in the caller's transaction. */
final class NotifySql {

    private static final Sql READ_ACCOUNTS = Sql.named("notify/read-accounts");
    private static final Sql READ_STATES = Sql.named("notify/read-states");
    private static final Sql WRITE_STATE = Sql.named("notify/write-state");
    private static final Sql ADD_MESSAGES = Sql.named("notify/add-messages");
    private static final Sql TAKE_MESSAGE = Sql.named("notify/take-message");
    private static final Sql END_MESSAGE = Sql.named("notify/end-message");
    private static final Sql GIVE_UP_MESSAGE = Sql.named("notify/give-up-message");
    private static final Sql DELAY_MESSAGE = Sql.named("notify/delay-message");
    private static final Sql ADD_COUNTS = Sql.named("notify/add-counts");
    private static final Sql READ_COUNTS = Sql.named("notify/read-counts");
    private static final Sql PURGE_COUNTS = Sql.named("notify/purge-counts");
    private static final Sql PURGE_MESSAGES = Sql.named("notify/purge-messages");

    private NotifySql() {}

    /** @param cause what stopped its calls; null: not known, or they go */
    record AccountRow(String name, String state, @Nullable String cause, Instant now) {}

    record Watched(Topic topic, String account) {}

    /** @param figure see {@link Tally} */
    record Count(String account, String figure, long n) {}

    static List<AccountRow> accounts(Connection connection) throws SQLException {
        return READ_ACCOUNTS
                .on(connection)
                .list(row -> new AccountRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()));
    }

    static Map<Watched, Standing> standings(Connection connection) throws SQLException {
        return READ_STATES.on(connection).query(row -> {
            Map<Watched, Standing> found = new HashMap<>();
            while (row.next()) {
                OffsetDateTime since = row.getObject(4, OffsetDateTime.class);
                found.put(
                        new Watched(Topic.valueOf(row.getString(1)), row.getString(2)),
                        new Standing(row.getBoolean(3), since == null ? null : since.toInstant(), row.getInt(5)));
            }
            return found;
        });
    }

    /** @return false: another replica was quicker, and nothing was written */
    static boolean write(Connection connection, Watched watched, Standing next) throws SQLException {
        return WRITE_STATE
                        .on(connection)
                        .set("topic", watched.topic().name())
                        .set("account", watched.account())
                        .set("bad", next.bad())
                        .set("differs_since", next.differsSince() == null ? null : utc(next.differsSince()))
                        .set("version", next.version())
                        .update()
                == 1;
    }

    /** @param once of the same there is one message; null: this one is new in any case */
    static int add(Connection connection, Collection<Channel> channels, Message.Content content, @Nullable String once)
            throws SQLException {
        return ADD_MESSAGES
                .on(connection)
                .set("event", content.event())
                .set("account", content.account())
                .set("facts", content.facts().encode())
                .set("once", once)
                .texts("channels", channels, Channel::name)
                .update();
    }

    /**
     * Takes the channel's oldest message for two minutes.
     *
     * @return null: it is not due, or there is none
     */
    static @Nullable Message take(Connection connection, Channel channel) throws SQLException {
        return TAKE_MESSAGE
                .on(connection)
                .set("channel", channel.name())
                .query(row -> row.next()
                        ? new Message(
                                new Message.Content(
                                        row.getString(2),
                                        row.getString(3),
                                        new JsonObject(row.getString(4)),
                                        row.getObject(5, OffsetDateTime.class).toInstant()),
                                row.getLong(1),
                                row.getInt(6),
                                Duration.ofMillis((long) (row.getDouble(7) * 1000)))
                        : null);
    }

    /** @param missed null: all have it */
    static void sent(Connection connection, Message message, Way.@Nullable Missed missed) throws SQLException {
        end(connection, message, "SENT", missed == null ? null : missed.sentence());
    }

    static void lost(Connection connection, Message message, String why) throws SQLException {
        end(connection, message, "LOST", why);
    }

    /** @return why it was not sent */
    static String giveUp(Connection connection, Message message) throws SQLException {
        return GIVE_UP_MESSAGE
                .on(connection)
                .set("id", message.id())
                .set("attempts", message.attempt())
                .list(row -> row.getString(1))
                .stream()
                .findFirst()
                .orElse("another replica goes on with it");
    }

    private static void end(Connection connection, Message message, String state, @Nullable String error)
            throws SQLException {
        END_MESSAGE
                .on(connection)
                .set("id", message.id())
                .set("attempts", message.attempt())
                .set("state", state)
                .set("error", error)
                .update();
    }

    static void delay(Connection connection, Message message, Duration wait, Way.Undelivered failure)
            throws SQLException {
        DELAY_MESSAGE
                .on(connection)
                .set("id", message.id())
                .set("attempts", message.attempt())
                .set("seconds", wait)
                .set("error", failure.sentence())
                .set("refused", failure.obstacle().isOfMessage() ? 1 : 0)
                .update();
    }

    static int add(Connection connection, List<Count> counts) throws SQLException {
        return ADD_COUNTS
                .on(connection)
                .texts("accounts", counts, Count::account)
                .texts("figures", counts, Count::figure)
                .longs("numbers", counts, Count::n)
                .update();
    }

    static List<Count> counts(Connection connection, Instant from, Instant until) throws SQLException {
        return READ_COUNTS
                .on(connection)
                .set("from", utc(from))
                .set("until", utc(until))
                .list(row -> new Count(row.getString(1), row.getString(2), row.getLong(3)));
    }

    static int purge(Connection connection) throws SQLException {
        return PURGE_COUNTS.on(connection).update()
                + PURGE_MESSAGES.on(connection).update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
