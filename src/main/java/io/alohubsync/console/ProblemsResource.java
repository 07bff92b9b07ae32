package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.http.Streamed;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.bulk.BulkAction;
import io.alohubsync.operate.bulk.BulkActions;
import io.alohubsync.operate.bulk.BulkItem;
import io.alohubsync.operate.lines.CustomerLine;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.problems.ExportForm;
import io.alohubsync.operate.problems.GroupIds;
import io.alohubsync.operate.problems.ProblemExport;
import io.alohubsync.operate.problems.ProblemGroup;
import io.alohubsync.operate.problems.ProblemKey;
import io.alohubsync.operate.problems.Problems;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Failures and rejections by group, and acts on a whole group. */
@Path("/problems")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ProblemsResource {

    private final Frames frames;
    private final Problems problems;
    private final GroupIds ids;
    private final BulkActions bulk;
    private final Looks looks;

    ProblemsResource(Frames frames, Problems problems, GroupIds ids, BulkActions bulk, Looks looks) {
        this.frames = frames;
        this.problems = problems;
        this.ids = ids;
        this.bulk = bulk;
        this.looks = looks;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance problems(
                Frame frame, Problems.Groups groups, int looks, @Nullable String account, List<BulkAction> actions);

        static native TemplateInstance group(
                Frame frame,
                ProblemKey key,
                @Nullable ProblemGroup group,
                boolean cut,
                int looks,
                @Nullable Page<CustomerLine> customers,
                @Nullable Page<RowLine> rows,
                boolean show);

        static native TemplateInstance preview(
                Frame frame,
                String group,
                BulkActions.Preview preview,
                int looks,
                String once,
                String reason,
                @Nullable String problem);

        static native TemplateInstance bulk(Frame frame, BulkAction action, Page<BulkItem> items, String once);
    }

    /** @param account null: of all */
    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance problems(
            HttpServerRequest request,
            @RestQuery @Nullable String account,
            @RestHeader(Frames.REFRESH) @Nullable String refresh) {
        return Templates.problems(
                frames.of(request),
                refresh == null ? problems.groups(account, Sight.MASKED) : problems.recentGroups(account, Sight.MASKED),
                Problems.LOOKS,
                account,
                bulk.list(PageRequest.first(10), Sight.MASKED).items());
    }

    @GET
    @Path("{group}")
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance group(
            HttpServerRequest request,
            @RestPath String group,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String show) {
        ProblemKey key = ids.read(group);
        PageRequest page = PageRequest.of(null, cursor);
        Sight sight = looks.sight(Choice.flag(show, "show"));
        boolean failures = key.kind() == ProblemKey.Kind.FAILURE;
        Page<CustomerLine> customers = failures ? problems.customers(key, page, sight) : null;
        Page<RowLine> rows = failures ? null : problems.rows(key, page, sight);
        looks.record(
                sight,
                key.account(),
                failures ? customers.items().size() : rows.items().size());
        Problems.Found found = problems.group(key, Sight.MASKED);
        return Templates.group(
                frames.of(request),
                sight.of(key),
                found.group(),
                found.cut(),
                Problems.LOOKS,
                customers,
                rows,
                sight == Sight.FULL);
    }

    /** For the people who look after the source. The audit records it. */
    @GET
    @Path("{group}/export")
    @RolesAllowed(Role.OPERATOR)
    @Produces("text/csv")
    public Response export(HttpServerRequest request, @RestPath String group) {
        Words words = frames.words(request);
        ExportForm form = new ExportForm(words.isVietnamese(), frames.zone(), words.all("status."));
        ProblemExport export = problems.export(looks.actor(), ids.read(group), form);
        return Streamed.csv(request, export::to, "problems.csv");
    }

    @GET
    @Path("{group}/{act:retry|hold}")
    @RolesAllowed(Role.OPERATOR)
    public TemplateInstance preview(HttpServerRequest request, @RestPath String group, @RestPath String act) {
        return preview(frames.of(request), group, kind(act), "", null);
    }

    /** @param reason that was typed before the start was declined; the form is a new one then */
    private TemplateInstance preview(
            Frame frame, String group, BulkAction.Kind kind, String reason, @Nullable String problem) {
        String once = UUID.randomUUID().toString();
        BulkActions.Preview preview = bulk.preview(kind, ids.read(group));
        return Templates.preview(frame, group, preview, BulkActions.LOOKS, once, reason, problem);
    }

    private static BulkAction.Kind kind(String act) {
        return act.equals("retry") ? BulkAction.Kind.RETRY : BulkAction.Kind.HOLD;
    }

    /** @param once of the preview's form: sent twice, it starts one action */
    @POST
    @Path("{group}/{act:retry|hold}")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response start(
            HttpServerRequest request,
            @RestPath String group,
            @RestPath String act,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String once) {
        ProblemKey key = ids.read(group);
        try {
            BulkAction action = bulk.start(looks.actor(), kind(act), key, reason, once == null ? "" : once);
            return Paths.seeOther("/problems/actions/" + action.id());
        } catch (Declined declined) {
            Frame frame = frames.of(request);
            String problem = Errors.sentence(declined, frame);
            return Response.status(declined.why().status())
                    .entity(preview(frame, group, kind(act), reason == null ? "" : reason, problem))
                    .build();
        }
    }

    @GET
    @Path("actions/{id}")
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance action(HttpServerRequest request, @RestPath String id, @RestQuery @Nullable String cursor) {
        return Templates.bulk(
                frames.of(request),
                bulk.get(id, looks.words()),
                bulk.items(id, PageRequest.of(null, cursor), looks.words()),
                UUID.randomUUID().toString());
    }

    /** @param once of the page's form: sent twice, it starts one action */
    @POST
    @Path("actions/{id}/release")
    @RolesAllowed(Role.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response release(@RestPath String id, @RestForm @Nullable String reason, @RestForm @Nullable String once) {
        BulkAction action = bulk.release(looks.actor(), id, reason, once == null ? "" : once);
        return Paths.seeOther("/problems/actions/" + action.id());
    }

    @POST
    @Path("actions/{id}/stop")
    @RolesAllowed(Role.OPERATOR)
    public Response stop(@RestPath String id) {
        bulk.stop(looks.actor(), id);
        return Paths.seeOther("/problems/actions/" + id);
    }
}
