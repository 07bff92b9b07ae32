package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.acts.Acts;
import io.alohubsync.operate.customers.CustomerDetail;
import io.alohubsync.operate.customers.CustomerQuery;
import io.alohubsync.operate.customers.CustomerSearch;
import io.alohubsync.operate.customers.CustomerView;
import io.alohubsync.operate.customers.Event;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Customers: the search, and the page of each with its timeline. */
@Path("/customers")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class CustomersResource {

    private final Frames frames;
    private final CustomerSearch search;
    private final CustomerDetail detail;
    private final Acts acts;
    private final Looks looks;

    CustomersResource(Frames frames, CustomerSearch search, CustomerDetail detail, Acts acts, Looks looks) {
        this.frames = frames;
        this.search = search;
        this.detail = detail;
        this.acts = acts;
        this.looks = looks;
    }

    /** What stands in the form of the search. */
    public record Asked(String q, String by, String account, String status, boolean show) {

        public List<String> ways() {
            return Arrays.stream(CustomerQuery.By.values()).map(Enum::name).toList();
        }

        public List<String> statuses() {
            return Arrays.stream(CustomerQuery.Status.values()).map(Enum::name).toList();
        }
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance customers(
                Frame frame, Asked asked, CustomerSearch.@Nullable Found found, int looks, @Nullable String problem);

        static native TemplateInstance customer(
                Frame frame,
                CustomerView view,
                Page<Event> timeline,
                boolean show,
                CorrectionForm.Shown form,
                @Nullable String problem);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public Response list(
            HttpServerRequest request,
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String by,
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String status,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String show) {
        Frame frame = frames.of(request);
        Sight sight = looks.sight("true".equals(show));
        Asked asked = new Asked(or(q), or(by), or(account), or(status), sight == Sight.FULL);
        try {
            Choice.flag(show, "show");
            CustomerQuery query = new CustomerQuery(
                    blank(q) ? null : q,
                    Choice.of(CustomerQuery.By.class, by, "by"),
                    blank(account) ? null : account,
                    Choice.of(CustomerQuery.Status.class, status, "status"));
            // A viewer finds by whole names alone. An operator finds by their beginning also while
            // the page masks them.
            Sight reach = looks.sight(true);
            CustomerSearch.Found all = search.search(query, PageRequest.of(null, cursor), reach);
            CustomerSearch.Found found = sight == reach ? all : sight.of(all);
            looks.record(sight, query.account(), found.page().items().size());
            return Response.ok(Templates.customers(frame, asked, found, CustomerSearch.LOOKS, null))
                    .build();
        } catch (Declined declined) {
            String problem = Errors.sentence(declined, frame);
            return Response.status(400)
                    .entity(Templates.customers(frame, asked, null, CustomerSearch.LOOKS, problem))
                    .build();
        }
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance customer(
            HttpServerRequest request,
            @RestPath long id,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String show,
            @RestQuery @Nullable String done) {
        return page(frames.of(request, done), id, cursor, looks.sight(Choice.flag(show, "show")), null, null);
    }

    private TemplateInstance page(
            Frame frame,
            long id,
            @Nullable String cursor,
            Sight sight,
            @Nullable CorrectionForm typed,
            @Nullable String problem) {
        CustomerView view = detail.of(id, sight);
        Page<Event> timeline = detail.timeline(id, PageRequest.of(null, cursor), sight);
        looks.record(sight, view.customer());
        return Templates.customer(
                frame, view, timeline, sight == Sight.FULL, CorrectionForm.shown(view, typed), problem);
    }

    @POST
    @Path("{id}/{act:retry|hold|release}")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response act(
            HttpServerRequest request, @RestPath long id, @RestPath String act, @RestForm @Nullable String reason) {
        CorrectionForm typed = new CorrectionForm();
        typed.reason = reason;
        return done(request, id, false, typed, () -> switch (act) {
            case "retry" -> acts.retry(looks.actor(), id, reason).status().equals("HELD") ? "retry-held" : "retry";
            case "hold" -> {
                acts.hold(looks.actor(), id, reason);
                yield "hold";
            }
            default -> {
                acts.release(looks.actor(), id, reason);
                yield "release";
            }
        });
    }

    @POST
    @Path("{id}/correct")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response correct(HttpServerRequest request, @RestPath long id, @BeanParam CorrectionForm typed) {
        return done(request, id, true, typed, () -> {
            Acts.Corrected done = acts.correct(looks.actor(), id, typed.correction(detail.of(id, Sight.FULL)));
            return done.ontoHeld() ? "correct-held" : "correct";
        });
    }

    /** @param acting gives the key of the notice */
    private Response done(
            HttpServerRequest request, long id, boolean show, CorrectionForm typed, Supplier<String> acting) {
        String notice;
        try {
            notice = acting.get();
        } catch (Declined declined) {
            Frame frame = frames.of(request).at("/customers/" + id);
            return Response.status(declined.why().status())
                    .entity(page(frame, id, null, looks.sight(show), typed, Errors.sentence(declined, frame)))
                    .build();
        }
        return Paths.seeOther("/customers/" + id + "?done=" + notice);
    }
}
