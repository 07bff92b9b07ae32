package io.alohubsync.alohub;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Alohub's lead API: an upsert keyed on the phone. The key is a header of the client that implements this. */
@Path("/api/crm/lead")
public interface LeadApi {

    /** @param lead as JSON, {@link Lead#json} */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.WILDCARD)
    Uni<Response> upsert(byte[] lead);

    /** The same, as a part of a trace. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.WILDCARD)
    Uni<Response> upsert(@HeaderParam("traceparent") String traceparent, byte[] lead);
}
