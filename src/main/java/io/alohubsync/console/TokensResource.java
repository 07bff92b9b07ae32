package io.alohubsync.console;

import io.alohubsync.access.Access;
import io.alohubsync.access.ApiToken;
import io.alohubsync.access.ApiTokens;
import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Tokens of the API: for programs that do what a person does here. */
@Path("/tokens")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class TokensResource {

    private static final Set<String> ROLES = Set.of(Role.VIEWER, Role.OPERATOR);

    private final Frames frames;
    private final ApiTokens tokens;
    private final Looks looks;
    private final Access access;

    TokensResource(Frames frames, ApiTokens tokens, Looks looks, Access access) {
        this.access = access;
        this.frames = frames;
        this.tokens = tokens;
        this.looks = looks;
    }

    /** What stands in the form. @param once new for each form that is shown */
    public record Typed(String name, String role, String days, String once) {

        private static final Pattern DAYS = Pattern.compile("[0-9]{1,9}");

        static Typed usual() {
            return of("", Role.VIEWER, "90");
        }

        static Typed of(@Nullable String name, @Nullable String role, @Nullable String days) {
            return new Typed(
                    name == null ? "" : name,
                    role == null ? Role.VIEWER : role,
                    days == null ? "" : days.strip(),
                    UUID.randomUUID().toString());
        }

        /** The first field whose value is not sound; empty: all are. */
        public String unsound() {
            String label = name.strip();
            if (label.isEmpty()
                    || label.length() > ApiTokens.LONGEST_NAME
                    || label.chars().anyMatch(Character::isISOControl)) {
                return "name";
            }
            if (!ROLES.contains(role)) {
                return "role";
            }
            boolean isNumber = DAYS.matcher(days).matches();
            return isNumber && Integer.parseInt(days) >= 1 && Integer.parseInt(days) <= ApiTokens.LONGEST_DAYS
                    ? ""
                    : "days";
        }
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance tokens(
                Frame frame,
                List<ApiToken> tokens,
                @Nullable String issued,
                Typed typed,
                @Nullable String problem,
                @Nullable String usersFile);
    }

    @GET
    @RolesAllowed(Role.ADMIN)
    public TemplateInstance list(HttpServerRequest request, @RestQuery @Nullable String done) {
        return page(frames.of(request, done), null, Typed.usual(), null);
    }

    /**
     * The only answer that has the token.
     *
     * @param once of the form: sent twice, as by a double click, it issues one token
     */
    @POST
    @RolesAllowed(Role.ADMIN)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response issue(
            HttpServerRequest request,
            @RestForm @Nullable String name,
            @RestForm @Nullable String role,
            @RestForm @Nullable String days,
            @RestForm @Nullable String once) {
        Frame frame = frames.of(request);
        Typed typed = Typed.of(name, role, days);
        String unsound = role == null ? "role" : typed.unsound();
        if (!unsound.isEmpty()) {
            String rule = frame.t("tokens.unsound", ApiTokens.LONGEST_NAME, ApiTokens.LONGEST_DAYS);
            return refused(frame, 400, typed, frame.t("tokens." + unsound) + ": " + rule);
        }
        ApiTokens.Order order = new ApiTokens.Order(
                typed.name().strip(), typed.role(), Integer.parseInt(typed.days()), once == null ? "" : once);
        return switch (tokens.issue(order, looks.person())) {
            case ApiTokens.Issued.Token token ->
                Response.ok(page(frame, token.text(), Typed.usual(), null)).build();
            case ApiTokens.Issued.Before _ -> refused(frame, 409, Typed.usual(), frame.t("tokens.again"));
            case ApiTokens.Issued.TooMany _ ->
                refused(frame, 409, typed, frame.t("tokens.many", frame.number(ApiToken.MOST)));
        };
    }

    private Response refused(Frame frame, int status, Typed typed, String problem) {
        return Response.status(status).entity(page(frame, null, typed, problem)).build();
    }

    private TemplateInstance page(Frame frame, @Nullable String issued, Typed typed, @Nullable String problem) {
        return Templates.tokens(frame, tokens.list(), issued, typed, problem, access.usersComplaint());
    }

    @POST
    @Path("{id}/revoke")
    @RolesAllowed(Role.ADMIN)
    public Response revoke(@RestPath long id) {
        boolean isThere = tokens.revoke(id, looks.person()) != null
                || tokens.list().stream().anyMatch(token -> token.id() == id); // the form was sent twice
        if (!isThere) {
            throw new NotFoundException();
        }
        return Paths.seeOther("/tokens?done=revoke");
    }
}
