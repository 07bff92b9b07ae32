package io.alohubsync.intake;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** One lead: Alohub's own contract, answered when the row is committed. */
@PermitAll // a source authenticates with its own token
@Path("/api/crm/lead")
@RunOnVirtualThread
public class LeadResource {

    static final int MOST_BYTES = 32 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_A_TIME = 256; // 8 MiB of bodies

    private final Intake intake;
    private final Leads leads;
    private final RowStates states;
    private final Places places = new Places(AT_A_TIME);

    LeadResource(Intake intake, Leads leads, RowStates states) {
        this.intake = intake;
        this.leads = leads;
        this.states = states;
    }

    @POST
    @Consumes(MediaType.WILDCARD) // refused by hand, with a reason
    public Response post(@Context HttpHeaders headers, RoutingContext exchange, InputStream body) {
        Source source = intake.enter(headers, exchange);
        Requests.mediaType(headers, MediaType.APPLICATION_JSON);
        String key = Requests.idempotencyKey(headers);
        return places.within(() -> {
            NewLead lead = LeadReader.read(Body.text(Body.read(body, MOST_BYTES, PATIENCE, intake.nanoTime())));
            return accept(source, lead, headers, key);
        });
    }

    private Response accept(Source source, NewLead lead, HttpHeaders headers, @Nullable String key) {
        leads.check(lead);
        long row = intake.write(
                source.entry(lead, Source.FORM, Requests.traceparent(headers), source.key(key, null, lead)));
        Accepted accepted = new Accepted(row);
        return Response.accepted(accepted)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.LOCATION, accepted.statusUrl())
                .build();
    }

    @GET
    @Path("/{id}")
    public Response state(@Context HttpHeaders headers, RoutingContext exchange, @PathParam("id") String id) {
        Source source = intake.enter(headers, exchange);
        return Response.ok(states.of(number(id), source))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException none) {
            throw Refused.because(Refusal.NOT_FOUND);
        }
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Refusals.answer(fault, headers);
    }
}
