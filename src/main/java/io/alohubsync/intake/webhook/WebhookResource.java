package io.alohubsync.intake.webhook;

import io.alohubsync.intake.Body;
import io.alohubsync.intake.Intake;
import io.alohubsync.intake.Places;
import io.alohubsync.intake.Refusal;
import io.alohubsync.intake.Refusals;
import io.alohubsync.intake.Refused;
import io.alohubsync.intake.Requests;
import io.alohubsync.intake.Source;
import io.alohubsync.intake.write.OutboxEntry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * A platform's deliveries. A customer with an unusable phone is written all the same, and rejected
 * by the merge with its reason: most platforms would send a refused delivery again and again, or
 * end the webhook.
 */
@PermitAll // a source authenticates with its own token
@Path("/api/intake/{source}")
@RunOnVirtualThread
public class WebhookResource {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_A_TIME = 8; // a tree of JSON may take ten times its text
    private static final int UNVERIFIED_AT_A_TIME = 32; // texts alone

    private final Intake intake;
    private final Platforms platforms;
    private final EmptyDeliveries empty;
    private final Places places = new Places(AT_A_TIME);

    /** Of their own: who has no token must not take the places of those who have one. */
    private final Places unverified = new Places(UNVERIFIED_AT_A_TIME);

    WebhookResource(Intake intake, Platforms platforms, EmptyDeliveries empty) {
        this.intake = intake;
        this.platforms = platforms;
        this.empty = empty;
    }

    /** The token in a header, or a signature. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response post(
            @PathParam("source") String source,
            @Context HttpHeaders headers,
            RoutingContext exchange,
            InputStream body) {
        if (!platforms.isSigned(source)) {
            authenticate(source, Requests.token(headers));
        }
        return receive(platforms.of(source), headers, exchange, body);
    }

    /** For platforms that can't set a header. The path is logged nowhere. */
    @POST
    @Path("/{token}")
    @Consumes(MediaType.WILDCARD)
    public Response post(
            @PathParam("source") String source,
            @PathParam("token") String token,
            @Context HttpHeaders headers,
            RoutingContext exchange,
            InputStream body) {
        authenticate(source, token);
        return receive(platforms.of(source), headers, exchange, body);
    }

    /** Of a platform that tries the address. Any other GET is refused before. */
    @GET
    public Response verify(
            @PathParam("source") String source,
            @QueryParam("hub.verify_token") @DefaultValue("") String known,
            @QueryParam("hub.challenge") @DefaultValue("") String challenge,
            RoutingContext exchange) {
        authenticate(source, known);
        intake.admit(intake.named(source), exchange);
        return Response.ok(challenge, MediaType.TEXT_PLAIN_TYPE).build();
    }

    @GET
    @Path("/{token}")
    public Response verify(
            @PathParam("source") String source,
            @PathParam("token") String token,
            @QueryParam("hub.verify_token") @DefaultValue("") String known,
            @QueryParam("hub.challenge") @DefaultValue("") String challenge,
            RoutingContext exchange) {
        authenticate(source, token);
        return verify(source, known, challenge, exchange);
    }

    private void authenticate(String source, String token) {
        Source its = intake.withToken(token);
        if (its == null || !its.name().equals(source)) {
            throw Refused.because(Refusal.TOKEN);
        }
    }

    private Response receive(Platform platform, HttpHeaders headers, RoutingContext exchange, InputStream body) {
        Signature signature = platform.signature();
        if (signature == null) {
            intake.admit(platform.source(), exchange);
        }
        boolean form = Requests.mediaType(headers, MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED)
                .equals(MediaType.APPLICATION_FORM_URLENCODED);
        String key = Requests.idempotencyKey(headers);
        List<Long> rows = List.of();
        if (signature == null) {
            rows = places.within(() -> write(platform, read(body), form, headers, key));
        } else {
            byte[] sent = unverified.within(() -> read(body));
            String signed = headers.getHeaderString(signature.header());
            if (!platform.isTestCall(signed, sent)) {
                verify(signature, signed, sent);
                intake.admit(
                        platform.source(), exchange); // only now: the address alone must not use up the source's rate
                rows = places.within(() -> write(platform, sent, form, headers, key));
            }
        }
        return Response.status(platform.answer())
                .type(MediaType.APPLICATION_JSON)
                .entity(new Delivered(rows))
                .build();
    }

    private byte[] read(InputStream body) {
        return Body.read(body, Platform.MOST_BYTES, PATIENCE, intake.nanoTime());
    }

    private List<Long> write(Platform platform, byte[] sent, boolean form, HttpHeaders headers, @Nullable String key) {
        List<OutboxEntry> entries = platform.entries(Platform.payload(sent, form), Requests.traceparent(headers), key);
        if (entries.isEmpty()) {
            empty.count(platform.source().name(), intake.nanoTime().getAsLong());
        }
        return intake.writeTogether(entries);
    }

    private static void verify(Signature signature, @Nullable String signed, byte[] body) {
        if (!signature.fits(signed, body)) {
            throw Refused.because(Refusal.SIGNATURE, signature.header());
        }
    }

    @ServerExceptionMapper(Throwable.class)
    public Response fault(Throwable fault, HttpHeaders headers) {
        return Refusals.answer(fault, headers);
    }
}
