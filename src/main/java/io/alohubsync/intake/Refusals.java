package io.alohubsync.intake;

import io.alohubsync.loop.Fault;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Makes the answer of what ended a request. Neither the log nor the answer holds a path or content
 * of the request.
 */
public final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private Refusals() {}

    /** @param thrown a refusal; anything else is a fault of ours */
    public static Response answer(Throwable thrown, HttpHeaders headers) {
        Fault.endIfOutOfMemory(thrown);
        if (thrown instanceof Refused refused) {
            return answer(refused, headers);
        }
        if (!(thrown instanceof IOException)) { // of an answer whose client has gone
            LOG.errorf(Fault.withoutMessages(thrown), "A request to the intake failed");
        }
        return answer(Refused.because(Refusal.FAULT), headers);
    }

    private static Response answer(Refused refused, HttpHeaders headers) {
        boolean inVietnamese = Requests.isVietnamese(headers);
        Response.ResponseBuilder answer = Response.status(refused.refusal().status())
                .type(Problem.TYPE)
                .header(HttpHeaders.CONTENT_LANGUAGE, inVietnamese ? "vi" : "en")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(refused.problem(inVietnamese));
        if (refused.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds());
        }
        if (refused.refusal() == Refusal.TOKEN) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Token");
        }
        if (refused.refusal() == Refusal.SLOW_BODY || refused.refusal() == Refusal.TOO_LARGE) {
            answer.header("Connection", "close"); // the rest of the body is not read
        }
        return answer.build();
    }
}
