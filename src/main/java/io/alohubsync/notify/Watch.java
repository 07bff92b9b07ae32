package io.alohubsync.notify;

import io.alohubsync.jdbc.Transaction;
import io.alohubsync.notify.NotifySql.AccountRow;
import io.alohubsync.notify.NotifySql.Count;
import io.alohubsync.notify.NotifySql.Watched;
import io.alohubsync.observe.Figures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Compares what is with what the last notifications said. Each change is sent once: by the first
 * replica that writes it.
 */
final class Watch {

    private static final Duration HOUR = Duration.ofHours(1);

    private final DataSource database;
    private final Supplier<Figures> figures;
    private final Set<Channel> channels;
    private final Rules rules;

    Watch(DataSource database, Supplier<Figures> figures, Set<Channel> channels, Rules rules) {
        this.database = database;
        this.figures = figures;
        this.channels = channels;
        this.rules = rules;
    }

    /** @param figures by account; none: they were not sampled yet */
    private record Look(
            List<AccountRow> accounts, Map<Watched, Standing> standings, List<Count> hour, Figures figures) {}

    /** @return the database's time */
    Instant look() throws SQLException {
        Look look = Transaction.run(database, this::read);
        Instant now = look.accounts().isEmpty()
                ? Instant.EPOCH
                : look.accounts().getFirst().now();
        for (AccountRow account : look.accounts()) {
            see(look, Topic.ACCOUNT, account, Rules.account(account.state()));
            Figures.OfAccount its = look.figures().accounts().get(account.name());
            if (its != null) {
                see(look, Topic.OVERDUE, account, rules.overdue(account.state(), its));
            }
        }
        if (!look.accounts().isEmpty()) {
            AccountRow all = new AccountRow(Topic.ALL, "", null, now);
            see(look, Topic.REJECTED, all, rules.rejected(look.hour(), look.figures()));
        }
        return now;
    }

    private Look read(Connection connection) throws SQLException {
        List<AccountRow> accounts = NotifySql.accounts(connection);
        Instant now = accounts.isEmpty() ? Instant.EPOCH : accounts.getFirst().now();
        return new Look(
                accounts,
                NotifySql.standings(connection),
                NotifySql.counts(connection, now.minus(HOUR), now),
                figures.get());
    }

    private void see(Look look, Topic topic, AccountRow account, Condition condition) throws SQLException {
        Watched watched = new Watched(topic, account.name());
        Standing.Step step =
                look.standings().getOrDefault(watched, Standing.GOOD).see(condition, account.now(), rules.lasting());
        Standing next = step.next();
        if (next == null) {
            return;
        }
        Transaction.run(database, connection -> {
            boolean first = NotifySql.write(connection, watched, next);
            if (first && step.sent() != null) {
                JsonObject facts = facts(look, topic, account)
                        .put("since", step.sent().since().toString());
                String event = topic.event(step.sent().bad());
                Message.Content content = new Message.Content(event, account.name(), facts, account.now());
                NotifySql.add(connection, channels, content, null);
            }
            return first;
        });
    }

    private JsonObject facts(Look look, Topic topic, AccountRow account) {
        return switch (topic) {
            case ACCOUNT ->
                new JsonObject()
                        .put("state", account.state())
                        .put("cause", Causes.of(account.state(), account.cause()));
            case OVERDUE -> {
                Figures.OfAccount its = look.figures().accounts().get(account.name());
                yield new JsonObject()
                        .put("due", its == null ? 0 : its.dueNow())
                        .put("oldestSeconds", its == null ? 0 : Math.round(its.oldestDueSeconds()))
                        .put("targetSeconds", rules.overdue().toSeconds());
            }
            case REJECTED ->
                new JsonObject()
                        .put("rows", Rules.mergedRows(look.hour()))
                        .put("rejected", Rules.rejectedRows(look.hour()))
                        .put("reasons", reasons(look.hour(), 5))
                        .put("sources", sources(look.figures()));
        };
    }

    private static JsonArray sources(Figures figures) {
        JsonArray sources = new JsonArray();
        figures.rejectedSources()
                .forEach((source, n) ->
                        sources.add(new JsonObject().put("source", source).put("count", n)));
        return sources;
    }

    static JsonArray reasons(List<Count> counts, int most) {
        JsonArray reasons = new JsonArray();
        Rules.most(counts, Tally.REJECTED).stream()
                .limit(most)
                .forEach(one ->
                        reasons.add(new JsonObject().put("reason", one.getKey()).put("count", one.getValue())));
        return reasons;
    }
}
