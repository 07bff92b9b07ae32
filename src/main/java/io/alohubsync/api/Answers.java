package io.alohubsync.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.alohubsync.http.AcceptLanguage;
import io.alohubsync.loop.Fault;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Unavailable;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the answers: results as JSON with names in snake case, and for each error a problem (RFC
 * 9457) that says what to do.
 */
final class Answers {

    static final String PROBLEM = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Answers.class);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Answers() {}

    /** @param code that programs match on */
    private record Problem(
            int status,
            String code,
            String detail,
            String remedy,
            @Nullable String field) {}

    static Response ok(Object result) {
        return Response.ok(json(result), MediaType.APPLICATION_JSON).build();
    }

    static Response created(String path, Object result) {
        return Response.status(201)
                .type(MediaType.APPLICATION_JSON)
                .entity(json(result))
                .header(HttpHeaders.LOCATION, path)
                .build();
    }

    static String json(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    static boolean isVietnamese(HttpHeaders headers) {
        return AcceptLanguage.isVietnamese(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
    }

    /** @param thrown a refusal; anything else is a fault of ours */
    static Response of(Throwable thrown, HttpHeaders headers) {
        Fault.endIfOutOfMemory(thrown);
        boolean vi = isVietnamese(headers);
        return switch (thrown) {
            case Declined declined ->
                problem(
                                new Problem(
                                        declined.why().status(),
                                        declined.why().name(),
                                        declined.sentence(vi),
                                        declined.remedy(vi),
                                        declined.field()),
                                vi)
                        .build();
            case BadBody bad -> problem(problem(bad.trouble(), vi), vi).build();
            case Unavailable away ->
                problem(problem(trouble(away), vi), vi)
                        .header(HttpHeaders.RETRY_AFTER, away.retryAfterSeconds())
                        .build();
            case UnauthorizedException none -> unauthorized(vi);
            case AuthenticationFailedException wrong -> unauthorized(vi);
            case ForbiddenException no ->
                problem(problem(Trouble.FORBIDDEN, vi), vi).build();
            default -> {
                LOG.errorf(Fault.withoutMessages(thrown), "A request to the API failed");
                yield problem(problem(Trouble.FAULT, vi), vi).build();
            }
        };
    }

    private static Response unauthorized(boolean vi) {
        return problem(problem(Trouble.UNAUTHORIZED, vi), vi)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Trouble trouble(Unavailable away) {
        return switch (away.why()) {
            case AWAY -> Trouble.DATABASE_AWAY;
            case SLOW -> Trouble.DATABASE_SLOW;
            case LOCKED -> Trouble.LOCKED;
            case NOT_MIGRATED -> Trouble.NOT_MIGRATED;
            case RIGHT_MISSING -> Trouble.RIGHT_MISSING;
        };
    }

    private static Problem problem(Trouble trouble, boolean vi) {
        return new Problem(trouble.status(), trouble.name(), trouble.sentence(vi), trouble.remedy(vi), null);
    }

    private static Response.ResponseBuilder problem(Problem problem, boolean vi) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("title", HttpResponseStatus.valueOf(problem.status()).reasonPhrase());
        all.put("status", problem.status());
        all.put("detail", problem.detail());
        all.put("error_code", problem.code());
        all.put("remedy", problem.remedy());
        if (problem.field() != null) {
            all.put("field", problem.field());
        }
        return Response.status(problem.status())
                .type(PROBLEM)
                .header(HttpHeaders.CONTENT_LANGUAGE, vi ? "vi" : "en")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(json(all));
    }
}
