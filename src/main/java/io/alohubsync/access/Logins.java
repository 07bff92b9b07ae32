package io.alohubsync.access;

import io.alohubsync.config.Sha256;
import io.alohubsync.jdbc.Binding;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.PeopleDatabase;
import io.alohubsync.operate.Way;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in and out: checks a password slowly, and not too often. Any thread; the semaphore
 * guards {@link #otherHash}.
 */
@ApplicationScoped
public class Logins {

    /** Wrong passwords of a user, and of an address, before a wait. */
    private static final int OF_A_USER = 5;

    private static final int OF_AN_ADDRESS = 20;
    private static final int LONGEST_PASSWORD = 1024;
    private static final long HASH_PATIENCE_SECONDS = 2; // a flood of guesses must not take the threads of all pages

    private static final Actor UNKNOWN = new Actor("login", Way.FILE); // before the password is checked
    private static final Sql BEGIN = Sql.named("access/begin-login");
    private static final Sql UNCOUNT = Sql.named("access/uncount-login");
    private static final Sql FAIL = Sql.named("access/fail-login");
    private static final Sql PASS = Sql.named("access/pass-login");

    /** What came of a login. */
    public sealed interface Login {
        /** @param cookie to be set */
        record Passed(Person person, Cookie cookie) implements Login {}

        /** @param known there is such a user */
        record Wrong(boolean known) implements Login {}

        record TooMany(long waitSeconds) implements Login {}

        /** Others log in at this moment: the password was not looked at. */
        record Busy(long waitSeconds) implements Login {}
    }

    private record Subject(String digest, int allowed) {}

    private final Access access;
    private final PeopleDatabase database;
    private final Semaphore hashing;
    private @Nullable String otherHash; // of a user that is not there

    private final EndedLogins ended;

    @Inject
    Logins(Access access, EndedLogins ended, PeopleDatabase database) {
        this(access, ended, database, new Semaphore(1)); // a hash takes up to a quarter of the heap
    }

    /** @param hashing for each hash at a time */
    Logins(Access access, EndedLogins ended, PeopleDatabase database, Semaphore hashing) {
        this.hashing = hashing;
        this.access = access;
        this.ended = ended;
        this.database = database;
    }

    /**
     * @param address of the client.
     * @throws Unavailable logins can't be counted now, so none is let in
     */
    public Login withPassword(String typed, String password, String address) throws InterruptedException {
        String name =
                Normalizer.normalize(typed.strip(), Normalizer.Form.NFC); // some keyboards send marks of their own
        Subject user = new Subject(Sha256.hex("user " + name.toLowerCase(Locale.ROOT)), OF_A_USER);
        Subject from = new Subject(Sha256.hex("address " + address), OF_AN_ADDRESS);
        List<Subject> subjects = List.of(user, from);
        long wait = database.act(UNKNOWN, connection -> begin(connection, subjects));
        if (wait > 0) {
            return new Login.TooMany(wait);
        }
        Users.User known = access.user(name);
        if (!hashing.tryAcquire(HASH_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            database.act(
                    UNKNOWN,
                    connection -> UNCOUNT.on(connection)
                            .texts("subjects", subjects, Subject::digest)
                            .update());
            return new Login.Busy(HASH_PATIENCE_SECONDS);
        }
        boolean fits;
        try {
            fits = fits(known, password);
        } finally {
            hashing.release();
        }
        if (known == null || !fits) {
            database.act(
                    UNKNOWN, connection -> bound(FAIL.on(connection), subjects).update());
            return new Login.Wrong(known != null);
        }
        database.act(
                UNKNOWN,
                connection -> PASS.on(connection)
                        .set("user", user.digest())
                        .set("address", from.digest())
                        .update());
        return passed(access.sessions().begin(known.name(), Way.FILE, known.role(), known.stamp()));
    }

    private static long begin(Connection connection, List<Subject> subjects) throws SQLException {
        return bound(BEGIN.on(connection), subjects).list(row -> row.getLong(1)).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static Binding bound(Binding statement, List<Subject> subjects) throws SQLException {
        return statement.texts("subjects", subjects, Subject::digest).ints("allowed", subjects, Subject::allowed);
    }

    /** Takes as long where there is no such user. */
    private boolean fits(Users.@Nullable User user, String password) {
        if (password.length() > LONGEST_PASSWORD) {
            return false;
        }
        if (otherHash == null) {
            otherHash = PasswordHash.of("".toCharArray());
        }
        return PasswordHash.fits(user == null ? otherHash : user.hash(), password.toCharArray()) && user != null;
    }

    /** After the single sign-on. @return null: none of the person's groups has a role */
    public Login.@Nullable Passed withToken(JsonWebToken token) {
        String name = Stream.of("preferred_username", "email", "sub")
                .map(claim -> token.<Object>getClaim(claim))
                .filter(Objects::nonNull)
                .map(Objects::toString)
                .filter(PersonMechanism::isName)
                .findFirst()
                .orElse("");
        String role = access.roleOf(groups(token));
        return role == null || name.isEmpty() ? null : passed(access.sessions().begin(name, Way.OIDC, role, ""));
    }

    /** Of the verified token itself: the library knows {@code groups} as a list alone. */
    private Set<String> groups(JsonWebToken token) {
        String payload = token.getRawToken().split("\\.")[1];
        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
        return new GroupsClaim(access.settings().oidc().groupsClaim()).in(claims);
    }

    private Login.Passed passed(Sessions.Session session) {
        String sealed = access.seal().orElseThrow().seal(Sessions.PURPOSE, Sessions.text(session));
        return new Login.Passed(
                new Person(session.name(), session.role(), session.way(), session.id()), cookie(sealed));
    }

    /**
     * Ends the login wherever its cookie is, and records it.
     *
     * @throws Unavailable nothing is done
     */
    public void end(Person person) {
        ended.end(person);
    }

    /** Takes the login out of this browser. */
    public static Cookie forgotten() {
        return cookie("").setMaxAge(0);
    }

    private static Cookie cookie(String value) {
        return Cookie.cookie(Sessions.COOKIE, value)
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(
                        CookieSameSite.LAX); // a link in a mail opens the page; a form of another site sends no cookie
    }
}
