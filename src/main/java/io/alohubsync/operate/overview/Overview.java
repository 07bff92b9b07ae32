package io.alohubsync.operate.overview;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Columns;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.SharedRead;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.overview.AccountFigures.Backlog;
import io.alohubsync.operate.overview.AccountFigures.Point;
import io.alohubsync.operate.overview.AccountFigures.State;
import io.alohubsync.operate.overview.AccountFigures.Today;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How the accounts do: what a person looks at first. */
@ApplicationScoped
public class Overview {

    /** Share of rows that should be delivered within a minute of their insert. */
    public static final double FRESHNESS_TARGET = 0.99;

    /** Rejected rows that are looked at. */
    public static final int LOOKS = 5_000;

    private static final Sql READ_THROUGHPUT = Sql.named("operate/read-throughput");
    private static final Sql COUNT_REJECTED = Sql.named("operate/count-rejected-since");

    private final SharedRead<ZoneId, Seen> reads;

    public Overview(PeopleDatabase database) {
        this.reads = new SharedRead<>(zone -> database.read(connection -> read(connection, Instant.now(), zone)));
    }

    /**
     * @param at      of these figures
     * @param target  {@link #FRESHNESS_TARGET}
     * @param unknownAccounts rows rejected today because no account has their name; other figures
     *                        are by account
     */
    public record Seen(Instant at, double target, List<AccountFigures> accounts, long unknownAccounts) {}

    /** @param zone whose day is today */
    public Seen read(ZoneId zone, Sight sight) {
        return sight.of(reads.now(zone));
    }

    /** For a page that repeats itself: some seconds old at most. */
    public Seen recent(ZoneId zone, Sight sight) {
        return sight.of(reads.recent(zone));
    }

    /** The accounts alone, without figures of the day. @throws Declined there is no such account */
    public AccountFigures account(String name, ZoneId zone, Sight sight) {
        return read(zone, sight).accounts().stream()
                .filter(account -> account.account().equals(name))
                .findFirst()
                .orElseThrow(() -> Declined.because(Why.NO_ACCOUNT));
    }

    private static Seen read(Connection connection, Instant now, ZoneId zone) throws SQLException {
        Instant midnight = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        Instant yesterday = now.truncatedTo(ChronoUnit.HOURS).minus(23, ChronoUnit.HOURS);
        Instant since = midnight.isBefore(yesterday) ? midnight : yesterday;
        Map<String, List<Minute>> minutes =
                Minute.read(READ_THROUGHPUT.on(connection).set("since", since.atOffset(ZoneOffset.UTC)));
        Map<String, Long> rejected = rejected(connection, midnight);
        boolean cut = rejected.values().stream().mapToLong(Long::longValue).sum() >= LOOKS;
        List<AccountFigures> accounts = AccountSql.read(connection).list(row -> {
            String name = row.getString(1);
            List<Minute> its = minutes.getOrDefault(name, List.of());
            return new AccountFigures(
                    name,
                    state(row),
                    backlog(row),
                    today(its, midnight, now, rejected.getOrDefault(name, 0L), cut),
                    points(
                            its,
                            now.truncatedTo(ChronoUnit.MINUTES).minus(60, ChronoUnit.MINUTES),
                            60,
                            ChronoUnit.MINUTES),
                    points(its, yesterday, 24, ChronoUnit.HOURS));
        });
        accounts.forEach(account -> rejected.remove(account.account()));
        long unknown = rejected.values().stream().mapToLong(Long::longValue).sum();
        return new Seen(now, FRESHNESS_TARGET, accounts, unknown);
    }

    private static Map<String, Long> rejected(Connection connection, Instant since) throws SQLException {
        return COUNT_REJECTED
                .on(connection)
                .set("looks", LOOKS)
                .set("since", since.atOffset(ZoneOffset.UTC))
                .query(row -> {
                    Map<String, Long> counts = new HashMap<>();
                    while (row.next()) {
                        counts.put(row.getString(1), row.getLong(2));
                    }
                    return counts;
                });
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getString(2),
                Columns.time(row, 3),
                Columns.instant(row, 4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                Columns.decimal(row, 9),
                Columns.instant(row, 10));
    }

    private static Backlog backlog(ResultSet row) throws SQLException {
        Long oldest = Columns.number(row, 12);
        return new Backlog(
                row.getLong(11),
                oldest == null ? null : Math.max(0, oldest),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                row.getDouble(17),
                row.getDouble(18),
                Columns.number(row, 19),
                Columns.instant(row, 20));
    }

    private static Today today(List<Minute> minutes, Instant midnight, Instant now, long rejected, boolean cut) {
        List<Minute> today =
                minutes.stream().filter(one -> !one.at().isBefore(midnight)).toList();
        Instant anHourAgo = now.minus(1, ChronoUnit.HOURS);
        List<Minute> hour =
                minutes.stream().filter(one -> !one.at().isBefore(anHourAgo)).toList();
        return new Today(
                today.stream().mapToLong(Minute::accepted).sum(),
                today.stream().mapToLong(Minute::failed).sum(),
                rejected,
                cut,
                Minute.fresh(today),
                Minute.fresh(hour));
    }

    private static List<Point> points(List<Minute> minutes, Instant first, int count, ChronoUnit unit) {
        return IntStream.range(0, count)
                .mapToObj(i -> point(minutes, first.plus(i, unit), first.plus(i + 1, unit)))
                .toList();
    }

    private static Point point(List<Minute> minutes, Instant from, Instant to) {
        long accepted = 0;
        long failed = 0;
        long notTaken = 0;
        for (Minute one : minutes) {
            if (!one.at().isBefore(from) && one.at().isBefore(to)) {
                accepted += one.accepted();
                failed += one.failed();
                notTaken += one.notTaken();
            }
        }
        return new Point(from, accepted, failed, notTaken);
    }
}
