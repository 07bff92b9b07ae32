package io.alohubsync.alohub;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Alohub's lead API as a Quarkus REST client: an upsert keyed on the phone. {@link LeadClient}
 * builds what implements it, one for each account and key. Where it departs from the usual form:
 *
 * <ul>
 * <li>No {@code @RegisterRestClient}: accounts and their base URLs are settings, and a key changes
 *   while the program runs. So {@code QuarkusRestClientBuilder} makes the client, and
 *   {@code LeadClient.close} ends the one of an old key.
 * <li>No {@code @ClientHeaderParam} for the key: the client's filters would build their context for
 *   each call. A request customizer below them sets the header (docs/adr/0014).
 * <li>{@code Uni}, not a blocking method: one event loop carries all calls (docs/adr/0014).
 * <li>{@code Response}, not a type, and no exception mapper: each status is an outcome, and
 *   {@link AnswerReader} has to see the answer of a proxy or a firewall as it came, cut to a size
 *   (docs/adr/0005).
 * <li>{@code byte[]}, not {@link Lead}: its writer is fixed, so the client need not look for one
 *   for each call.
 * </ul>
 */
@Path("/api/crm/lead")
public interface LeadApi {

    /** @param lead as JSON, {@link Lead#json} */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.WILDCARD)
    Uni<Response> upsert(byte[] lead);

    /**
     * The same, as a part of a trace. A method of its own: without traces a call carries no
     * parameter that may be null.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.WILDCARD)
    Uni<Response> upsert(@HeaderParam("traceparent") String traceparent, byte[] lead);
}
