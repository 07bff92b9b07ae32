package io.alohubsync.breaker;

import io.alohubsync.account.AccountState;
import io.alohubsync.breaker.BreakerState.Keys;
import io.alohubsync.breaker.BreakerState.Learned;
import io.alohubsync.breaker.BreakerState.Phase;
import io.alohubsync.breaker.BreakerState.Reason;
import io.alohubsync.breaker.BreakerState.Recovery;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Reads and writes the breaker's part of an account's row. */
final class BreakerSql {

    private static final Sql READ = Sql.named("breaker/read");
    private static final Sql LOCK = Sql.named("breaker/lock");
    private static final Sql WRITE = Sql.named("breaker/write");

    private BreakerSql() {}

    static BreakerView read(Connection connection, String account, String key) throws SQLException {
        return READ.on(connection).set("account", account).query(row -> {
            if (!row.next()) {
                throw new SQLException("account " + account + " is not registered");
            }
            return new BreakerView(state(row), time(row, 1), key);
        });
    }

    private static BreakerState state(ResultSet row) throws SQLException {
        Phase phase = new Phase(AccountState.valueOf(row.getString(2)), time(row, 3), time(row, 4));
        Reason reason =
                new Reason(row.getString(5), row.getString(6), row.getString(7), row.getString(8), row.getBoolean(9));
        Recovery recovery = new Recovery(time(row, 10), row.getInt(11), row.getInt(12), time(row, 13));
        Keys keys = new Keys(List.of((String[]) row.getArray(14).getArray()), row.getString(15));
        LearnedRate rate = new LearnedRate(
                row.getObject(16, Double.class),
                row.getObject(17, Double.class),
                row.getInt(18),
                row.getBoolean(19),
                row.getInt(20));
        return new BreakerState(phase, reason, recovery, keys, new Learned(rate, time(row, 21)));
    }

    private static OffsetDateTime time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class);
    }

    /** Until the end of the transaction nothing else changes the row. */
    static void lock(Connection connection, String account) throws SQLException {
        LOCK.on(connection).set("account", account).query(ResultSet::next);
    }

    /** @return whether the row was still as it was read */
    static boolean write(Connection connection, String account, BreakerState was, Transitions.Change change)
            throws SQLException {
        Binding write = WRITE.on(connection).set("account", account);
        bind(write, was);
        bindNext(write, change.next());
        LearnedRate rate = change.next().learned().rate();
        return write.set("rate_changes", !Objects.equals(was.learned().rate().perSecond(), rate.perSecond()))
                        .set("rate", rate.perSecond())
                        .set("rate_limit", rate.limit())
                        .set("rate_doubts", rate.doubts())
                        .set("rate_brief", rate.withoutTime())
                        .set("rate_passed", rate.passed())
                        .set("rate_at", change.next().learned().at())
                        .set("spent_until", change.spentUntil())
                        .update()
                == 1;
    }

    private static void bindNext(Binding write, BreakerState next) throws SQLException {
        Recovery recovery = next.recovery();
        write.set("state", next.phase().state().name())
                .set("since", next.phase().since())
                .set("until", next.phase().until())
                .set("by", next.reason().by())
                .set("reason", next.reason().text())
                .set("needs", next.reason().needs())
                .set("cause", next.reason().cause())
                .set("by_answers", next.reason().byAnswers())
                .set("probe_at", recovery.probeAt())
                .set("probes", recovery.probes())
                .set("throttles", recovery.throttles())
                .set("recovered_at", recovery.acceptedAt())
                .texts("refused_keys", next.keys().refused(), Function.identity())
                .set("accepted_key", next.keys().accepted());
    }

    private static void bind(Binding write, BreakerState was) throws SQLException {
        Recovery recovery = was.recovery();
        write.set("was_state", was.phase().state().name())
                .set("was_since", was.phase().since())
                .set("was_until", was.phase().until())
                .set("was_by", was.reason().by())
                .set("was_reason", was.reason().text())
                .set("was_needs", was.reason().needs())
                .set("was_cause", was.reason().cause())
                .set("was_by_answers", was.reason().byAnswers())
                .set("was_probe_at", recovery.probeAt())
                .set("was_probes", recovery.probes())
                .set("was_throttles", recovery.throttles())
                .set("was_recovered_at", recovery.acceptedAt())
                .texts("was_refused_keys", was.keys().refused(), Function.identity())
                .set("was_accepted_key", was.keys().accepted());
    }
}
