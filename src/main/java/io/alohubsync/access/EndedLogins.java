package io.alohubsync.access;

import io.alohubsync.config.Sha256;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.loop.Time;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logins that were ended before their time: a copy of the cookie opens nothing afterwards, at any
 * replica. Used by any thread.
 */
@ApplicationScoped
class EndedLogins {

    private static final Sql READ = Sql.named("access/read-ended-logins");
    private static final Sql END = Sql.named("access/end-login");

    private final PeopleDatabase database;
    private final Recent<Set<String>> digests;

    @Inject
    EndedLogins(PeopleDatabase database) {
        this(database, Time.system().monotonic());
    }

    EndedLogins(PeopleDatabase database, LongSupplier nanoTime) {
        this.database = database;
        this.digests = new Recent<>(
                () -> Set.copyOf(database.read(connection -> READ.on(connection).list(row -> row.getString(1)))),
                nanoTime);
    }

    /**
     * Without the database.
     *
     * @return null: it has to be read.
     * @throws Unavailable it could not be read a moment ago
     */
    @Nullable
    Boolean hasAtOnce(String session) {
        Set<String> known = digests.atOnce();
        return known == null ? null : known.contains(Sha256.hex(session));
    }

    /** @throws Unavailable it is not known */
    boolean has(String session) {
        return digests.get().contains(Sha256.hex(session));
    }

    /**
     * Ends a login, and records it. It is kept for as long as any login may last: this one may have
     * begun while the setting was another.
     *
     * @throws Unavailable nothing is done
     */
    void end(Person person) {
        database.act(person.actor(), connection -> {
            END.on(connection)
                    .set("session", Sha256.hex(person.session()))
                    .set("seconds", AccessCheck.LONGEST)
                    .update();
            AuditLog.record(connection, AuditLog.Entry.of(Act.LOGOUT, null, null));
            return true;
        });
        digests.forget();
    }
}
