package io.alohubsync.console;

import io.alohubsync.http.AcceptLanguage;
import io.alohubsync.loop.Fault;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Unavailable;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * What a page says when it can't be shown. The resources under {@code /api} have mappers of their
 * own.
 */
@ApplicationScoped
class Errors {

    private static final Logger LOG = Logger.getLogger(Errors.class);

    /** Where a provider sends people back to. */
    static final String SINGLE_SIGN_ON = "/login/sso";

    private final Frames frames;

    Errors(Frames frames) {
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance message(Frame frame, String title, String text);
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refused, HttpServerRequest request) {
        int status = refused.getResponse().getStatus();
        return switch (status) {
            case 401, 403 -> page(request, status, "forbidden");
            case 404 -> page(request, status, "not-found");
            case 405 -> allowing(refused.getResponse(), page(request, status, "method"));
            default -> status < 500 ? page(request, status, "bad") : failed(refused, request);
        };
    }

    @ServerExceptionMapper
    @Priority(1) // Quarkus' own has no page
    Response forbidden(ForbiddenException forbidden, HttpServerRequest request) {
        return page(request, 403, "forbidden");
    }

    @ServerExceptionMapper
    Response away(Unavailable away, HttpServerRequest request) {
        return page(request, 503, text(away));
    }

    /** The name of its texts. */
    static String text(Unavailable away) {
        return switch (away.why()) {
            case AWAY -> "database";
            case SLOW -> "slow";
            case LOCKED -> "locked";
            case NOT_MIGRATED -> "migrate";
            case RIGHT_MISSING -> "rights";
        };
    }

    @ServerExceptionMapper
    Response declined(Declined declined, HttpServerRequest request) {
        Frame frame = frames.of(request);
        String title = frame.t("error.declined.title");
        return page(declined.why().status(), Templates.message(frame, title, sentence(declined, frame)));
    }

    /** What is wrong, and what to do. */
    static String sentence(Declined declined, Frame frame) {
        boolean vietnamese = frame.words().isVietnamese();
        return declined.sentence(vietnamese) + " " + declined.remedy(vietnamese);
    }

    @ServerExceptionMapper
    Response failed(Throwable fault, HttpServerRequest request) {
        Fault.endIfOutOfMemory(fault);
        if (isOfAnUnreadForm(request)) {
            LOG.debug("A form can't be read", Fault.withoutMessages(fault));
            return page(request, 400, "bad");
        }
        LOG.error("A page failed", Fault.withoutMessages(fault));
        return page(request, 500, "failed");
    }

    /** Its reader throws what it meets: a % that is none, an unknown charset, a thousand fields. */
    private static boolean isOfAnUnreadForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        ResteasyReactiveRequestContext exchange = CurrentRequestManager.get();
        return request.method() == HttpMethod.POST
                && type != null
                && type.strip().toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED)
                && exchange != null
                && exchange.getFormData() == null;
    }

    /**
     * Quarkus answers a single sign-on that came to nothing with a bare text, before any resource
     * is called.
     */
    @ServerResponseFilter
    void explainSingleSignOn(ContainerResponseContext response, HttpServerRequest request) {
        if (response.getStatus() == 401 && SINGLE_SIGN_ON.equals(request.path())) {
            boolean cameBack = request.getParam("state") != null;
            Response page = page(request, cameBack ? 401 : 503, cameBack ? "sso" : "provider");
            response.setStatus(page.getStatus());
            response.setEntity(page.getEntity(), new Annotation[0], page.getMediaType());
        }
    }

    Response page(HttpServerRequest request, int status, String what) {
        if (request.path() != null && request.path().startsWith("/api/")) {
            return problem(request, status, what);
        }
        Frame frame = frames.of(request);
        return page(
                status,
                Templates.message(frame, frame.t("error." + what + ".title"), frame.t("error." + what + ".text")));
    }

    /** Of a path that no resource of the API has. */
    private static Response problem(HttpServerRequest request, int status, String what) {
        boolean inVietnamese = AcceptLanguage.isVietnamese(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Words words = Words.of(inVietnamese);
        return Response.status(status)
                .type("application/problem+json")
                .header(HttpHeaders.CONTENT_LANGUAGE, inVietnamese ? "vi" : "en")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .entity(new JsonObject()
                        .put("title", Words.ENGLISH.text("error." + what + ".title", List.of()))
                        .put("status", status)
                        .put("detail", words.text("error." + what + ".title", List.of()) + ".")
                        .put("error_code", what.replace('-', '_').toUpperCase(Locale.ROOT))
                        .put("remedy", words.text("error." + what + ".text", List.of()))
                        .encode())
                .build();
    }

    private static Response allowing(Response refused, Response page) {
        String methods = refused.getHeaderString(HttpHeaders.ALLOW);
        return methods == null
                ? page
                : Response.fromResponse(page).header(HttpHeaders.ALLOW, methods).build();
    }

    private static Response page(int status, TemplateInstance message) {
        Response.ResponseBuilder page = Response.status(status)
                .type(MediaType.TEXT_HTML + ";charset=UTF-8")
                .entity(message.render());
        return status == 503 ? page.header("Retry-After", "2").build() : page.build();
    }
}
