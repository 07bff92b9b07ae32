package io.alohubsync.console;

import io.alohubsync.access.Access;
import io.alohubsync.access.Guarded;
import io.alohubsync.access.Logins;
import io.alohubsync.access.Logins.Login;
import io.alohubsync.access.Person;
import io.alohubsync.access.SameSite;
import io.alohubsync.operate.Actor;
import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.Way;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.AuditLog;
import io.quarkus.oidc.AuthorizationCodeFlow;
import io.quarkus.oidc.OidcSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Logging in and out, and the choice of the language. */
@Path("/")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class LoginResource {

    private static final Logger LOG = Logger.getLogger(LoginResource.class);
    private static final long LANGUAGE_KEPT = Duration.ofDays(400).toSeconds();

    private final Access access;
    private final Logins logins;
    private final Frames frames;
    private final OidcSession session;
    private final AuditLog audit;

    LoginResource(Access access, Logins logins, Frames frames, OidcSession session, AuditLog audit) {
        this.audit = audit;
        this.session = session;
        this.access = access;
        this.logins = logins;
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance login(
                Frame frame, boolean users, @Nullable String sso, String to, String name, @Nullable String problem);
    }

    @GET
    @Path("login")
    @PermitAll
    public TemplateInstance form(
            HttpServerRequest request, @RestQuery @Nullable String to, @RestQuery @Nullable String ended) {
        return form(
                request,
                to,
                "",
                Choice.flag(ended, "ended") ? frames.of(request).t("login.ended") : null);
    }

    private TemplateInstance form(
            HttpServerRequest request, @Nullable String to, String name, @Nullable String problem) {
        String local = Paths.local(to);
        String sso =
                access.hasSingleSignOn() ? "/login/sso?to=" + URLEncoder.encode(local, StandardCharsets.UTF_8) : null;
        return Templates.login(frames.of(request), access.hasUsers(), sso, local, name, problem);
    }

    @POST
    @Path("login")
    @SameSite
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logIn(
            HttpServerRequest request,
            HttpServerResponse response,
            @RestForm @Nullable String name,
            @RestForm @Nullable String password,
            @RestForm @Nullable String to)
            throws InterruptedException {
        String who = name == null ? "" : name;
        if (!access.hasUsers()) {
            return refused(request, to, who, 404, "login.no-users");
        }
        try {
            Login login = logins.withPassword(
                    who,
                    password == null ? "" : password,
                    access.address(
                            request.connection().remoteAddress().hostAddress(),
                            request.headers().getAll("X-Forwarded-For")));
            return switch (login) {
                case Login.Passed passed -> {
                    record(Act.LOGIN, passed.person().actor());
                    response.addCookie(passed.cookie());
                    yield Paths.seeOther(Paths.local(to));
                }
                case Login.Wrong wrong -> {
                    if (wrong.known()) { // anything else may be a password that was typed into the wrong field
                        record(Act.LOGIN_REFUSED, new Actor(who.strip(), Way.FILE));
                    }
                    yield refused(request, to, who, 401, "login.wrong");
                }
                case Login.TooMany tooMany -> {
                    Frame frame = frames.of(request);
                    String problem = frame.t("login.too-many", frame.duration(tooMany.waitSeconds()));
                    yield later(429, tooMany.waitSeconds(), form(request, to, who, problem));
                }
                case Login.Busy busy ->
                    later(
                            503,
                            busy.waitSeconds(),
                            form(request, to, who, frames.of(request).t("login.busy")));
            };
        } catch (Unavailable away) {
            return refused(request, to, who, 503, text(away));
        }
    }

    private static String text(Unavailable away) {
        return switch (away.why()) {
            case AWAY -> "login.database";
            case SLOW, LOCKED -> "login.slow";
            case NOT_MIGRATED, RIGHT_MISSING -> "error." + Errors.text(away) + ".text";
        };
    }

    private static Response later(int status, long seconds, TemplateInstance form) {
        return Response.status(status)
                .header("Retry-After", seconds)
                .entity(form)
                .build();
    }

    private Response refused(HttpServerRequest request, @Nullable String to, String name, int status, String problem) {
        return Response.status(status)
                .entity(form(request, to, name, frames.of(request).t(problem)))
                .build();
    }

    /** The provider has identified the person: from here on the console's own cookie counts. */
    @GET
    @Path("login/sso")
    @AuthorizationCodeFlow
    @Authenticated
    public Response singleSignOn(
            HttpServerRequest request, HttpServerResponse response, @RestQuery @Nullable String to) {
        Login.Passed passed = logins.withToken(session.getIdToken());
        session.logout().await().atMost(Duration.ofSeconds(5));
        if (passed == null) {
            LOG.infof("A person of the single sign-on has no group with a role");
            return refused(request, to, "", 403, "login.no-role");
        }
        record(Act.LOGIN, passed.person().actor());
        response.addCookie(passed.cookie());
        return Paths.seeOther(Paths.local(to));
    }

    private void record(Act act, Actor actor) {
        audit.record(actor, AuditLog.Entry.of(act, null, null));
    }

    @POST
    @Path("logout")
    @Guarded
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logOut(HttpServerRequest request, HttpServerResponse response) {
        response.addCookie(Logins.forgotten()); // also where the database is away
        Person person = frames.of(request).person();
        if (person != null) {
            logins.end(person);
        }
        return Paths.seeOther("/login");
    }

    @POST
    @Path("language")
    @SameSite
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response language(
            HttpServerResponse response, @RestForm @Nullable String language, @RestForm @Nullable String to) {
        response.addCookie(Cookie.cookie(Frames.LANGUAGE_COOKIE, "en".equals(language) ? "en" : "vi")
                .setPath("/")
                .setSecure(true)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setMaxAge(LANGUAGE_KEPT));
        return Paths.seeOther(Paths.local(to));
    }
}
