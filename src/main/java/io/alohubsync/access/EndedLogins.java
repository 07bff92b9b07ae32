package io.alohubsync.access;

import io.alohubsync.config.Time;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Act;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.AuditLog;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Unavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logins that their people have ended: whoever has copied a cookie can't use it after that, at any replica. What others have ended is read
 * when somebody comes and it was read more than {@link #FRESH} ago. Used by any thread; this object's lock lets one of them read.
 */
@ApplicationScoped
class EndedLogins {

    /** So much later a replica knows what another one was told, at most. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private static final Sql READ = Sql.named("access/read-ended-logins");
    private static final Sql END = Sql.named("access/end-login");

    /** @param failure why it could not be read; null: it was */
    private record Known(
            Set<String> digests, long at, @Nullable Unavailable failure) {}

    private final PeopleDatabase database;
    private final LongSupplier nanoTime;
    private volatile @Nullable Known known; // written under the lock

    @Inject
    EndedLogins(PeopleDatabase database) {
        this(database, Time.system().monotonic());
    }

    EndedLogins(PeopleDatabase database, LongSupplier nanoTime) {
        this.database = database;
        this.nanoTime = nanoTime;
    }

    /** Without the database. @return null: the database has to be asked. @throws Unavailable it could not be a moment ago */
    @Nullable
    Boolean hasAtOnce(String session) {
        Known now = known;
        return now != null && isFresh(now) ? answer(now, session) : null;
    }

    /** @throws Unavailable it is not known */
    boolean has(String session) {
        return answer(read(), session);
    }

    private boolean isFresh(Known read) {
        return nanoTime.getAsLong() - read.at() < FRESH.toNanos();
    }

    private static boolean answer(Known known, String session) {
        if (known.failure() != null) {
            throw known.failure();
        }
        return known.digests().contains(Digest.of(session));
    }

    /** A failure counts as long as a success: people who wait for the same do not wait one after the other. */
    private synchronized Known read() {
        Known before = known;
        if (before != null && isFresh(before)) {
            return before;
        }
        Known read;
        try {
            Set<String> digests =
                    Set.copyOf(database.read(connection -> READ.on(connection).list(row -> row.getString(1))));
            read = new Known(digests, nanoTime.getAsLong(), null);
        } catch (Unavailable away) {
            read = new Known(Set.of(), nanoTime.getAsLong(), away);
        }
        known = read;
        return read;
    }

    /**
     * Ends a login, and records it.
     *
     * @param longest a login lasts no longer
     * @throws Unavailable nothing is done
     */
    void end(Person person, Duration longest) {
        String digest = Digest.of(person.session());
        database.act(new Actor(person.name()), connection -> {
            END.on(connection).set("session", digest).set("seconds", longest).update();
            AuditLog.record(connection, AuditLog.Entry.of(Act.LOGOUT, null, null));
            return true;
        });
        add(digest);
    }

    private synchronized void add(String digest) {
        Known before = known;
        if (before != null && before.failure() == null) {
            Set<String> digests = new HashSet<>(before.digests());
            digests.add(digest);
            known = new Known(Set.copyOf(digests), before.at(), null);
        }
    }
}
