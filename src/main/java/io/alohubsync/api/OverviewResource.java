package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.Activity;
import io.alohubsync.operate.customers.CallHistory;
import io.alohubsync.operate.customers.CallLine;
import io.alohubsync.operate.overview.Overview;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Figures, calls, and the audit. */
@Path("/api/v1")
@RunOnVirtualThread
public class OverviewResource {

    private final Overview overview;
    private final Activity activity;
    private final CallHistory calls;
    private final Caller caller;
    private final ZoneId zone;

    OverviewResource(Overview overview, Activity activity, CallHistory calls, Caller caller, AlohubSettings settings) {
        this.zone = ZoneId.of(settings.console().zone());
        this.overview = overview;
        this.activity = activity;
        this.calls = calls;
        this.caller = caller;
    }

    @GET
    @Path("/overview")
    @RolesAllowed(Role.VIEWER)
    public Response overview(@QueryParam("zone") @Nullable String asked) {
        return Answers.ok(overview.read(Parameters.zone(asked, zone), caller.sight()));
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
