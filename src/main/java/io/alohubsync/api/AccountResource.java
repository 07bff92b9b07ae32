package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.account.AccountLimits;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.overview.Overview;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The accounts: state, figures, limits and the key's age; pause and resume. */
@Path("/api/v1/accounts")
@RunOnVirtualThread
public class AccountResource {

    private final Overview overview;
    private final Acts acts;
    private final AccountLimits limits;
    private final Caller caller;
    private final ZoneId zone;

    AccountResource(Overview overview, Acts acts, AccountLimits limits, Caller caller, AlohubSettings settings) {
        this.zone = ZoneId.of(settings.console().zone());
        this.overview = overview;
        this.acts = acts;
        this.limits = limits;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public Response accounts(@QueryParam("zone") @Nullable String asked) {
        return Answers.ok(Map.of(
                "items",
                overview.read(Parameters.zone(asked, zone), caller.sight()).accounts().stream()
                        .map(account -> AccountView.of(account, limits.of(account.account())))
                        .toList()));
    }

    @GET
    @Path("/{account}")
    @RolesAllowed(Role.VIEWER)
    public Response account(@PathParam("account") String account, @QueryParam("zone") @Nullable String asked) {
        return Answers.ok(AccountView.of(
                overview.account(account, Parameters.zone(asked, zone), caller.sight()), limits.of(account)));
    }

    @POST
    @Path("/{account}/pause")
    @Consumes(MediaType.WILDCARD) // refused by hand, with a reason
    @RolesAllowed(Role.OPERATOR)
    public Response pause(@PathParam("account") String account, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(Map.of("account", account, "state", acts.pause(caller.acting(), account, reason)));
    }

    @POST
    @Path("/{account}/resume")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response resume(@PathParam("account") String account, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(Map.of("account", account, "state", acts.resume(caller.acting(), account, reason)));
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
