package io.alohubsync.api;

import io.alohubsync.access.Role;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.acts.Correction;
import io.alohubsync.operate.customers.CustomerDetail;
import io.alohubsync.operate.customers.CustomerQuery;
import io.alohubsync.operate.customers.CustomerSearch;
import io.alohubsync.operate.customers.CustomerView;
import io.alohubsync.operate.customers.Event;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
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

/** Customers: found, looked at, acted on. */
@Path("/api/v1/customers")
@RunOnVirtualThread
public class CustomerResource {

    private final CustomerSearch search;
    private final CustomerDetail detail;
    private final Acts acts;
    private final Caller caller;

    CustomerResource(CustomerSearch search, CustomerDetail detail, Acts acts, Caller caller) {
        this.search = search;
        this.detail = detail;
        this.acts = acts;
        this.caller = caller;
    }

    /** Which customers are looked for. */
    public static class Asked {
        @QueryParam("q")
        @Nullable
        String text;

        @QueryParam("by")
        @Nullable
        String by;

        @QueryParam("account")
        @Nullable
        String account;

        @QueryParam("status")
        @Nullable
        String status;
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public Response search(
            @BeanParam Asked asked,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        CustomerQuery query = new CustomerQuery(
                asked.text,
                Parameters.oneOf(CustomerQuery.By.class, asked.by, "by"),
                asked.account,
                Parameters.oneOf(CustomerQuery.Status.class, asked.status, "status"));
        CustomerSearch.Found found = search.search(query, Parameters.page(limit, cursor), caller.sight());
        caller.seesMany(found.page().items().size());
        return Answers.ok(new FoundCustomers(
                found.page().items(), found.page().next(), found.by(), found.notYet(), found.looked()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    public Response one(@PathParam("id") String id) {
        CustomerView view = detail.of(Parameters.id(id), caller.sight());
        caller.sees(view.customer());
        return Answers.ok(view);
    }

    @GET
    @Path("/{id}/timeline")
    @RolesAllowed(Role.VIEWER)
    public Response timeline(
            @PathParam("id") String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        long customer = Parameters.id(id);
        Page<Event> page = detail.timeline(customer, Parameters.page(limit, cursor), caller.sight());
        if (caller.sight() == Sight.FULL) {
            caller.sees(detail.of(customer, Sight.FULL).customer());
        }
        return Answers.ok(page);
    }

    @POST
    @Path("/{id}/retry")
    @Consumes(MediaType.WILDCARD) // refused by hand, with a reason
    @RolesAllowed(Role.OPERATOR)
    public Response retry(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(acts.retry(caller.acting(), Parameters.id(id), reason));
    }

    @POST
    @Path("/{id}/hold")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response hold(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(acts.hold(caller.acting(), Parameters.id(id), reason));
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response release(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        String reason = Fields.read(body, headers, "reason").text("reason");
        return Answers.ok(acts.release(caller.acting(), Parameters.id(id), reason));
    }

    @POST
    @Path("/{id}/correct")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR)
    public Response correct(@PathParam("id") String id, @Context HttpHeaders headers, InputStream body) {
        Fields fields = Fields.read(body, headers, "phone", "name", "email", "reason", "revision", "onto_existing");
        Correction correction = new Correction(
                fields.text("phone"),
                fields.text("name"),
                fields.text("email"),
                fields.text("reason"),
                fields.number("revision"),
                fields.flag("onto_existing"));
        return Answers.ok(acts.correct(caller.acting(), Parameters.id(id), correction));
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Answers.of(fault, headers);
    }
}
