package io.alohubsync.access;

import io.alohubsync.config.Seal;
import io.alohubsync.config.Sha256;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.loop.Time;
import io.alohubsync.operate.Input;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.Way;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the API: issued and shown once, stored as a digest, valid until a day or until they are
 * revoked. A replica holds the digests of all valid ones, so a made-up token is refused without a
 * query, and a flood of them takes no connection from people. Used by any thread.
 */
@ApplicationScoped
public class ApiTokens {

    public static final int LONGEST_DAYS = 400;
    public static final int LONGEST_NAME = 100;

    private static final String PREFIX = "alohub_"; // so that a scanner of secrets finds one
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
    private static final long NOTED_EVERY = TimeUnit.MINUTES.toNanos(1);

    /** A form that was sent twice has its token shown twice within this time, and never later. */
    private static final Duration SHOWN = Duration.ofMinutes(1);

    private static final Sql READ_VALID = Sql.named("access/read-valid-tokens");
    private static final Sql USE = Sql.named("access/use-token");
    private static final Sql ISSUE = Sql.named("access/issue-token");
    private static final Sql FIND_ISSUED = Sql.named("access/find-issued-token");
    private static final Sql REVOKE = Sql.named("access/revoke-token");

    /** What is asked for. @param once made for the form: sent twice, it issues one token */
    public record Order(String name, String role, int days, String once) {

        private static final int LONGEST_ONCE = 100;

        public Order {
            once = Input.text(once, "once", LONGEST_ONCE);
        }
    }

    /** What came of an order. */
    public sealed interface Issued {
        /** @param text the token: it is nowhere else */
        record Token(String text) implements Issued {}

        /** The form was sent before, and its token is shown no more. */
        record Before() implements Issued {}

        /** {@link ApiToken#MOST} are valid already. */
        record TooMany() implements Issued {}
    }

    private record Valid(long id, Person person) {}

    private final PeopleDatabase database;
    private final Supplier<Seal> seal;
    private final LongSupplier nanoTime;
    private final Recent<Map<String, Valid>> valid; // by their digests
    private final Map<Long, Long> noted = new ConcurrentHashMap<>(); // by id, when this replica last noted a use

    @Inject
    ApiTokens(PeopleDatabase database, Access access) {
        this(database, () -> access.seal().orElseThrow(), Time.system().monotonic());
    }

    ApiTokens(PeopleDatabase database, Supplier<Seal> seal, LongSupplier nanoTime) {
        this.database = database;
        this.seal = seal;
        this.nanoTime = nanoTime;
        this.valid = new Recent<>(() -> database.read(ApiTokens::readValid), nanoTime);
    }

    private static Map<String, Valid> readValid(Connection connection) throws SQLException {
        return READ_VALID.on(connection).query(row -> {
            Map<String, Valid> all = new HashMap<>();
            while (row.next()) {
                long id = row.getLong(2);
                all.put(
                        row.getString(1),
                        new Valid(id, new Person(row.getString(3), row.getString(4), Way.TOKEN, "token " + id)));
            }
            return all;
        });
    }

    /** Whether a text may be a token, by its form. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** @return null: there is none, or it is over. @throws Unavailable it is not known */
    @Nullable
    Person find(String token) {
        Valid found = isOne(token) ? valid.get().get(Sha256.hex(token)) : null;
        if (found == null) {
            return null;
        }
        note(found);
        return found.person();
    }

    private void note(Valid token) {
        long now = nanoTime.getAsLong();
        Long before = noted.get(token.id());
        if (before == null || now - before >= NOTED_EVERY) {
            noted.put(token.id(), now);
            try {
                database.act(
                        token.person().actor(),
                        connection -> USE.on(connection).set("id", token.id()).update());
            } catch (Unavailable notNow) {
                noted.remove(
                        token.id(), now); // with the next request; a request that only reads may succeed all the same
            }
        }
    }

    /** The same order of the same login gives the same token, however often it is sent. */
    public Issued issue(Order order, Person by) {
        String token = PREFIX + seal.get().proof(subject(order, by));
        Issued issued = database.act(by.actor(), connection -> {
            List<Long> ids = ISSUE.on(connection)
                    .set("name", order.name())
                    .set("role", order.role())
                    .set("hash", Sha256.hex(token))
                    .set("person", by.name())
                    .set("days", order.days())
                    .set("most", ApiToken.MOST)
                    .list(row -> row.getLong(1));
            if (ids.isEmpty()) {
                return issuedBefore(connection, token);
            }
            String what = order.name() + " (" + order.role() + ")";
            AuditLog.record(connection, AuditLog.Entry.of(Act.TOKEN_ISSUED, null, what));
            return new Issued.Token(token);
        });
        valid.forget();
        return issued;
    }

    private static String subject(Order order, Person by) {
        return String.join(
                "\n", "token", by.session(), order.once(), order.role(), String.valueOf(order.days()), order.name());
    }

    private static Issued issuedBefore(Connection connection, String token) throws SQLException {
        List<Boolean> before = FIND_ISSUED
                .on(connection)
                .set("hash", Sha256.hex(token))
                .set("shown", SHOWN)
                .list(row -> row.getBoolean(1));
        if (before.isEmpty()) {
            return new Issued.TooMany();
        }
        return before.getFirst() ? new Issued.Token(token) : new Issued.Before();
    }

    /** The valid ones first. */
    public List<ApiToken> list() {
        return database.read(connection -> database.entities(connection, StoredToken::validFirst));
    }

    /** @return its name; null: there is none, or it is revoked already */
    public @Nullable String revoke(long id, Person by) {
        List<String> names = database.act(by.actor(), connection -> {
            List<String> revoked =
                    REVOKE.on(connection).set("id", id).set("person", by.name()).list(row -> row.getString(1));
            if (!revoked.isEmpty()) {
                AuditLog.record(connection, AuditLog.Entry.of(Act.TOKEN_REVOKED, null, revoked.getFirst()));
            }
            return revoked;
        });
        valid.forget();
        return names.isEmpty() ? null : names.getFirst();
    }
}
