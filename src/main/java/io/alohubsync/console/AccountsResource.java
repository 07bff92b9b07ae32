package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.account.AccountLimits;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.overview.AccountFigures;
import io.alohubsync.operate.overview.Overview;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The accounts: state, needs, limits and the key's age; pause and resume. */
@Path("/accounts")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class AccountsResource {

    private final Frames frames;
    private final Overview overview;
    private final Acts acts;
    private final Looks looks;
    private final AccountLimits limits;

    AccountsResource(Frames frames, Overview overview, Acts acts, Looks looks, AccountLimits limits) {
        this.frames = frames;
        this.overview = overview;
        this.acts = acts;
        this.looks = looks;
        this.limits = limits;
    }

    /**
     * @param limits of this replica; null: it does not serve the account
     * @param reason that was typed before the act was declined
     */
    public record Line(
            AccountFigures figures, Sentence sentence, AccountLimits.@Nullable Limits limits, String reason) {

        public boolean isPaused() {
            return figures.state().state().equals("PAUSED");
        }
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance accounts(Frame frame, List<Line> accounts, @Nullable String problem);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance accounts(HttpServerRequest request, @RestQuery @Nullable String done) {
        return page(frames.of(request, done), "", null, null);
    }

    private TemplateInstance page(Frame frame, String name, @Nullable String reason, @Nullable String problem) {
        Sight sight = frame.person() != null && frame.person().mayAct() ? Sight.FULL : Sight.MASKED;
        List<Line> lines = overview.read(frame.zone(), sight).accounts().stream()
                .map(account -> new Line(
                        account,
                        Sentence.of(account, frame),
                        limits.of(account.account()),
                        reason != null && account.account().equals(name) ? reason : ""))
                .toList();
        return Templates.accounts(frame, lines, problem);
    }

    @POST
    @Path("{name}/{act:pause|resume}")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            HttpServerRequest request, @RestPath String name, @RestPath String act, @RestForm @Nullable String reason) {
        try {
            if (act.equals("pause")) {
                acts.pause(looks.actor(), name, reason);
            } else {
                acts.resume(looks.actor(), name, reason);
            }
        } catch (Declined declined) {
            Frame frame = frames.of(request).at("/accounts");
            return Response.status(declined.why().status())
                    .entity(page(frame, name, reason, Errors.sentence(declined, frame)))
                    .build();
        }
        return Paths.seeOther("/accounts?done=" + act);
    }
}
