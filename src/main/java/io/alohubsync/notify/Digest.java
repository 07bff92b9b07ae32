package io.alohubsync.notify;

import io.alohubsync.jdbc.Transaction;
import io.alohubsync.notify.NotifySql.AccountRow;
import io.alohubsync.notify.NotifySql.Count;
import io.alohubsync.observe.Figures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Once a day: the figures of the day before. All replicas together make one. */
final class Digest {

    static final String EVENT = "digest";

    /**
     * A daemon that starts later leaves the day out: what is wrong on that day has been sent by
     * then.
     */
    private static final Duration WINDOW = Duration.ofHours(4);

    private static final int PROBLEMS = 10;
    private static final List<String> FAILURES = List.of("REFUSED", "FAILED", "UNKNOWN");

    private final DataSource database;
    private final Supplier<Figures> figures;
    private final Set<Channel> channels;
    private final Hour hour;
    private @Nullable LocalDate made; // of the job's thread

    Digest(DataSource database, Supplier<Figures> figures, Set<Channel> channels, Hour hour) {
        this.database = database;
        this.figures = figures;
        this.channels = channels;
        this.hour = hour;
    }

    /** When it is made. */
    record Hour(LocalTime at, ZoneId zone) {

        /** @return the day whose digest is due; null: none is */
        @Nullable
        LocalDate due(Instant now) {
            LocalDate today = now.atZone(zone).toLocalDate();
            for (LocalDate day : List.of(today, today.minusDays(1))) { // the window of a late hour ends after midnight
                Instant begins = day.atTime(at).atZone(zone).toInstant();
                if (!now.isBefore(begins) && now.isBefore(begins.plus(WINDOW))) {
                    return day.minusDays(1);
                }
            }
            return null;
        }

        Instant begin(LocalDate day) {
            return day.atStartOfDay(zone).toInstant();
        }
    }

    void make(Instant now) throws SQLException {
        LocalDate day = hour.due(now);
        boolean known = figures.get().areSampled(); // not at once after the start
        if (day == null || day.equals(made) || !known) {
            return;
        }
        Transaction.run(database, connection -> {
            Message.Content content = new Message.Content(EVENT, Topic.ALL, facts(connection, day), now);
            return NotifySql.add(connection, channels, content, EVENT + ":" + day);
        });
        made = day;
    }

    private JsonObject facts(Connection connection, LocalDate day) throws SQLException {
        List<Count> counts = NotifySql.counts(connection, hour.begin(day), hour.begin(day.plusDays(1)));
        Figures now = figures.get();
        JsonArray accounts = new JsonArray();
        for (AccountRow account : NotifySql.accounts(connection)) {
            accounts.add(
                    account(account, of(account.name(), counts), now.accounts().get(account.name())));
        }
        return new JsonObject()
                .put("day", day.toString())
                .put("rows", Rules.mergedRows(counts))
                .put("rejected", Rules.rejectedRows(counts))
                .put("accounts", accounts)
                .put("reasons", Watch.reasons(counts, PROBLEMS))
                .put("failures", failures(counts));
    }

    private static List<Count> of(String account, List<Count> counts) {
        return counts.stream().filter(count -> count.account().equals(account)).toList();
    }

    private static JsonObject account(AccountRow account, List<Count> counts, Figures.@Nullable OfAccount now) {
        long failed =
                FAILURES.stream().mapToLong(outcome -> calls(counts, outcome)).sum();
        return new JsonObject()
                .put("account", account.name())
                .put("state", account.state())
                .put("cause", Causes.of(account.state(), account.cause()))
                .put("delivered", calls(counts, "ACCEPTED"))
                .put("failed", failed)
                .put("rejected", Rules.rejectedRows(counts))
                .put("waiting", customers(now, "PENDING") + customers(now, "SENDING") + customers(now, "RETRYING"))
                .put("dead", customers(now, "DEAD"))
                .put("held", customers(now, "HELD"))
                .put("oldestSeconds", now == null ? 0 : Math.round(now.oldestDueSeconds()));
    }

    private static long customers(Figures.@Nullable OfAccount now, String status) {
        return now == null ? 0 : now.customers().getOrDefault(status, 0L);
    }

    private static long calls(List<Count> counts, String outcome) {
        return counts.stream()
                .filter(count -> count.figure().equals(Tally.CALLS + outcome))
                .mapToLong(Count::n)
                .sum();
    }

    private static JsonArray failures(List<Count> counts) {
        JsonArray failures = new JsonArray();
        Rules.most(counts, Tally.CALLS).stream()
                .filter(one -> FAILURES.contains(one.getKey()))
                .forEach(one -> failures.add(
                        new JsonObject().put("outcome", one.getKey()).put("count", one.getValue())));
        return failures;
    }
}
