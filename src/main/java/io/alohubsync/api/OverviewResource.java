package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.Activity;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.customers.CallHistory;
import io.alohubsync.operate.customers.CallLine;
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
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Figures, accounts, calls, and the audit. */
@Path("/api/v1")
@RunOnVirtualThread
public class OverviewResource {

    private final Overview overview;
    private final Acts acts;
    private final Activity activity;
    private final CallHistory calls;
    private final Caller caller;

    OverviewResource(Overview overview, Acts acts, Activity activity, CallHistory calls, Caller caller) {
        this.overview = overview;
        this.acts = acts;
        this.activity = activity;
        this.calls = calls;
        this.caller = caller;
    }

    @GET
    @Path("/overview")
    @RolesAllowed(Role.VIEWER)
    public Response overview(@QueryParam("zone") @Nullable String zone) {
        return Answers.ok(overview.read(Parameters.zone(zone), caller.sight()));
    }

    @GET
    @Path("/accounts")
    @RolesAllowed(Role.VIEWER)
    public Response accounts(@QueryParam("zone") @Nullable String zone) {
        return Answers.ok(Map.of(
                "items", overview.read(Parameters.zone(zone), caller.sight()).accounts()));
    }

    @GET
    @Path("/accounts/{account}")
    @RolesAllowed(Role.VIEWER)
    public Response account(@PathParam("account") String account, @QueryParam("zone") @Nullable String zone) {
        return Answers.ok(overview.account(account, Parameters.zone(zone), caller.sight()));
    }

    @POST
    @Path("/accounts/{account}/pause")
    @Consumes(MediaType.WILDCARD) // refused by hand, with a reason
    @RolesAllowed(Role.OPERATOR)
    public Response pause(@PathParam("account") String account, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(Map.of("account", account, "state", acts.pause(caller.acting(), account, reason)));
    }

    @POST
    @Path("/accounts/{account}/resume")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response resume(@PathParam("account") String account, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(Map.of("account", account, "state", acts.resume(caller.acting(), account, reason)));
    }

    @GET
    @Path("/activity")
    @RolesAllowed(Role.VIEWER)
    public Response activity(
            @QueryParam("person") @Nullable String person,
            @QueryParam("act") @Nullable String act,
            @QueryParam("account") @Nullable String account,
            @QueryParam("each") @Nullable String each,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Activity.Filter filter = new Activity.Filter(
                person, Parameters.oneOf(Act.class, act, "act"), account, Parameters.flag(each, "each"));
        return Answers.ok(activity.read(filter, Parameters.page(limit, cursor), caller.words()));
    }

    @GET
    @Path("/calls")
    @RolesAllowed(Role.VIEWER)
    public Response calls(
            @QueryParam("account") @Nullable String account,
            @QueryParam("result") @Nullable String result,
            @QueryParam("since") @Nullable String since,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        CallHistory.Filter filter = new CallHistory.Filter(
                account, Parameters.oneOf(CallHistory.Result.class, result, "result"), Parameters.time(since, "since"));
        Page<CallLine> page = calls.read(filter, Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(page.items().size());
        return Answers.ok(page);
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
