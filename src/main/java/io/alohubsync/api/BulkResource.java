package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.bulk.BulkAction;
import io.alohubsync.operate.bulk.BulkActions;
import io.alohubsync.operate.bulk.BulkItem;
import io.alohubsync.operate.problems.GroupIds;
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
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Acts on all customers of a group of failures. */
@Path("/api/v1/bulk-actions")
@RunOnVirtualThread
public class BulkResource {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final BulkActions actions;
    private final GroupIds ids;
    private final Caller caller;

    BulkResource(BulkActions actions, GroupIds ids, Caller caller) {
        this.actions = actions;
        this.ids = ids;
        this.caller = caller;
    }

    @POST
    @Path("/preview")
    @Consumes(MediaType.WILDCARD) // refused by hand, with a reason
    @RolesAllowed(Role.OPERATOR)
    public Response preview(@Context HttpHeaders headers, InputStream body) {
        Fields fields = Fields.read(body, headers, "kind", "group");
        BulkAction.Kind kind = kind(fields);
        if (kind == BulkAction.Kind.RELEASE) { // the action that has held them has their number
            throw Declined.field(Why.FIELD_INVALID, "kind");
        }
        return Answers.ok(caller.words().of(actions.preview(kind, ids.read(fields.required("group")))));
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response start(@Context HttpHeaders headers, InputStream body) {
        Fields fields = Fields.read(body, headers, "kind", "group", "action", "reason");
        String key = headers.getHeaderString(IDEMPOTENCY_KEY);
        if (key == null || key.isBlank()) {
            throw Declined.field(Why.FIELD_MISSING, IDEMPOTENCY_KEY);
        }
        BulkAction.Kind kind = kind(fields);
        String reason = fields.text("reason");
        BulkAction action = kind == BulkAction.Kind.RELEASE
                ? actions.release(caller.acting(), fields.required("action"), reason, key)
                : actions.start(caller.acting(), kind, ids.read(fields.required("group")), reason, key);
        return Answers.created(
                "/api/v1/bulk-actions/" + action.id(), caller.words().of(action));
    }

    private static BulkAction.Kind kind(Fields fields) {
        BulkAction.Kind kind = Parameters.oneOf(BulkAction.Kind.class, fields.required("kind"), "kind");
        if (kind == null) {
            throw Declined.field(Why.FIELD_MISSING, "kind");
        }
        return kind;
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public Response list(@QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        return Answers.ok(actions.list(Parameters.page(limit, cursor), caller.words()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    public Response get(@PathParam("id") String id) {
        return Answers.ok(actions.get(id, caller.words()));
    }

    @POST
    @Path("/{id}/stop")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response stop(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        Fields.read(body, headers);
        return Answers.ok(caller.words().of(actions.stop(caller.acting(), id)));
    }

    @GET
    @Path("/{id}/items")
    @RolesAllowed(Role.VIEWER)
    public Response items(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<BulkItem> page = actions.items(id, Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(page.items().size());
        return Answers.ok(page);
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
