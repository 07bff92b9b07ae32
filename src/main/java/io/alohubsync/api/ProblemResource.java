package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.http.Streamed;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.problems.ExportForm;
import io.alohubsync.operate.problems.GroupIds;
import io.alohubsync.operate.problems.ProblemExport;
import io.alohubsync.operate.problems.Problems;
import io.alohubsync.operate.problems.RejectedRows;
import io.alohubsync.operate.problems.SlowRows;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Failures and rejections by group. */
@Path("/api/v1/problems")
@RunOnVirtualThread
public class ProblemResource {

    private final Problems problems;
    private final GroupIds ids;
    private final RejectedRows rejected;
    private final SlowRows slow;
    private final Caller caller;

    ProblemResource(Problems problems, GroupIds ids, RejectedRows rejected, SlowRows slow, Caller caller) {
        this.slow = slow;
        this.problems = problems;
        this.ids = ids;
        this.rejected = rejected;
        this.caller = caller;
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public Response groups(@QueryParam("account") @Nullable String account) {
        return Answers.ok(problems.groups(account, caller.words()));
    }

    /** Those that the overview counts. */
    @GET
    @Path("/rejected")
    @RolesAllowed(Role.VIEWER)
    public Response rejected(
            @QueryParam("account") @Nullable String account,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("since") @Nullable String since,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        RejectedRows.Filter filter = new RejectedRows.Filter(account, reason, Parameters.time(since, "since"));
        Page<RowLine> page = rejected.read(filter, Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(page.items().size());
        return Answers.ok(page);
    }

    /** Those that the overview's share within a minute lacks. */
    @GET
    @Path("/slow")
    @RolesAllowed(Role.VIEWER)
    public Response slow(
            @QueryParam("account") @Nullable String account,
            @QueryParam("since") @Nullable String since,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<RowLine> page =
                slow.read(account, Parameters.time(since, "since"), Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(page.items().size());
        return Answers.ok(page);
    }

    @GET
    @Path("/{group}")
    @RolesAllowed(Role.VIEWER)
    public Response group(@PathParam("group") String group) {
        return Answers.ok(problems.group(ids.read(group), caller.words()));
    }

    @GET
    @Path("/{group}/customers")
    @RolesAllowed(Role.VIEWER)
    public Response customers(
            @PathParam("group") String group,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<CustomerLine> page = problems.customers(ids.read(group), Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(page.items().size());
        return Answers.ok(page);
    }

    @GET
    @Path("/{group}/rows")
    @RolesAllowed(Role.VIEWER)
    public Response rows(
            @PathParam("group") String group,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<RowLine> page = problems.rows(ids.read(group), Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(page.items().size());
        return Answers.ok(page);
    }

    @GET
    @Path("/{group}/export")
    @RolesAllowed(Role.OPERATOR)
    public Response export(
            @PathParam("group") String group, @Context HttpHeaders headers, @Context HttpServerRequest request) {
        ProblemExport export =
                problems.export(caller.actor(), ids.read(group), ExportForm.ofPrograms(Answers.isVietnamese(headers)));
        return Streamed.csv(request, export::to, "problems.csv");
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
