package io.alohubsync.access;

import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Act;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.AuditLog;
import io.alohubsync.operate.PeopleDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens of the API: issued and shown once, stored as a digest, valid until a day or until they are revoked. */
@ApplicationScoped
public class ApiTokens {

    public static final int LONGEST_DAYS = 400;
    public static final int LONGEST_NAME = 100;

    private static final String PREFIX = "alohub_"; // so that a scanner of secrets finds one
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Actor PROGRAM = new Actor("token"); // whose it is, is not known yet
    private static final Sql FIND = Sql.named("access/find-token");
    private static final Sql ISSUE = Sql.named("access/issue-token");
    private static final Sql LIST = Sql.named("access/list-tokens");
    private static final Sql REVOKE = Sql.named("access/revoke-token");

    /**
     * @param lastUsedAt null: never
     * @param revokedAt  null: it is not
     */
    public record Token(
            long id,
            String name,
            String role,
            Instant createdAt,
            String createdBy,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            @Nullable String revokedBy) {

        public boolean isValid(Instant now) {
            return revokedAt == null && expiresAt.isAfter(now);
        }
    }

    private final PeopleDatabase database;

    ApiTokens(PeopleDatabase database) {
        this.database = database;
    }

    /** @return null: there is none, or it is over. @throws Unavailable it is not known */
    @Nullable
    Person find(String token) {
        if (!token.startsWith(PREFIX)) {
            return null;
        }
        List<Person> found = database.act(
                PROGRAM,
                connection -> FIND.on(connection)
                        .set("hash", Digest.of(token))
                        .list(row -> new Person(
                                row.getString("name"),
                                row.getString("role"),
                                Person.Way.TOKEN,
                                "token " + row.getLong("id"))));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** @return the token: it is nowhere else */
    public String issue(String name, String role, int days, Person by) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.act(new Actor(by.name()), connection -> {
            AuditLog.record(connection, AuditLog.Entry.of(Act.TOKEN_ISSUED, null, name + " (" + role + ")"));
            return ISSUE.on(connection)
                    .set("name", name)
                    .set("role", role)
                    .set("hash", Digest.of(token))
                    .set("person", by.name())
                    .set("days", days)
                    .list(row -> row.getLong(1));
        });
        return token;
    }

    /** The valid ones first. */
    public List<Token> list() {
        return database.read(connection -> LIST.on(connection).list(ApiTokens::token));
    }

    /** @return its name; null: there is none, or it is revoked already */
    public @Nullable String revoke(long id, Person by) {
        List<String> names = database.act(new Actor(by.name()), connection -> {
            List<String> revoked =
                    REVOKE.on(connection).set("id", id).set("person", by.name()).list(row -> row.getString(1));
            if (!revoked.isEmpty()) {
                AuditLog.record(connection, AuditLog.Entry.of(Act.TOKEN_REVOKED, null, revoked.getFirst()));
            }
            return revoked;
        });
        return names.isEmpty() ? null : names.getFirst();
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getLong("id"),
                row.getString("name"),
                row.getString("role"),
                time(row, "created_at"),
                row.getString("created_by"),
                time(row, "expires_at"),
                timeOrNull(row, "last_used_at"),
                timeOrNull(row, "revoked_at"),
                row.getString("revoked_by"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
