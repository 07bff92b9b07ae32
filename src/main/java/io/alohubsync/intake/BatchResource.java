package io.alohubsync.intake;

import io.alohubsync.http.Streamed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Many leads, a JSON object on each line. The answer has a result for each line, in their order,
 * and is sent as the lines are committed. What is wrong with the body as a whole is answered before
 * a line is written.
 */
@PermitAll // a source authenticates with its own token
@Path("/api/crm/leads")
@RunOnVirtualThread
public class BatchResource {

    static final String NDJSON = "application/x-ndjson";
    private static final int MOST_BYTES = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KIB_AT_A_TIME = 8 << 10;
    private static final int LEAST_KIB = 512; // of one batch: what it holds beside its body

    private final Intake intake;
    private final Batches batches;
    private final Places memory = new Places(KIB_AT_A_TIME);

    BatchResource(Intake intake, Batches batches) {
        this.intake = intake;
        this.batches = batches;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response post(@Context HttpHeaders headers, RoutingContext exchange, InputStream body) {
        Source source = intake.enter(headers, exchange);
        Requests.mediaType(headers, NDJSON, "application/ndjson", "application/jsonl");
        Batch.Terms terms = new Batch.Terms(
                source,
                Requests.idempotencyKey(headers),
                Requests.traceparent(headers),
                Requests.isVietnamese(headers));
        Places.Place place = memory.take(kib(headers)); // until the last line is written, or the client is gone
        exchange.addEndHandler(ended -> place.free());
        try {
            Batch batch = batches.begin(terms, Body.pieces(body, MOST_BYTES, PATIENCE, intake.nanoTime()));
            return Response.ok(Streamed.of(exchange.request(), written(batch, place)))
                    .type(NDJSON)
                    .build();
        } catch (RuntimeException | Error thrown) {
            place.free();
            throw thrown;
        }
    }

    private static int kib(HttpHeaders headers) {
        return Math.max(LEAST_KIB, (Requests.length(headers, MOST_BYTES) + 1023) >> 10);
    }

    private static StreamingOutput written(Batch batch, Places.Place place) {
        return answer -> {
            try {
                batch.writeTo(answer);
            } finally {
                place.free();
            }
        };
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Refusals.answer(fault, headers);
    }
}
