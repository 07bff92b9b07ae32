package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.problems.RejectedRows;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The rejected rows that the overview's figures count. */
@Path("/problems/rejected")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RejectedResource {

    private final Frames frames;
    private final RejectedRows rows;
    private final Looks looks;

    RejectedResource(Frames frames, RejectedRows rows, Looks looks) {
        this.frames = frames;
        this.rows = rows;
        this.looks = looks;
    }

    /** What the form shows again. */
    public record Asked(String account, String reason, boolean today) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance rejected(Frame frame, Page<RowLine> page, int looks, Asked asked, boolean show);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance rejected(
            HttpServerRequest request,
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String reason,
            @RestQuery("today") @Nullable String ticked,
            @RestQuery @Nullable String cursor,
            @RestQuery("show") @Nullable String wanted) {
        boolean today = Choice.flag(ticked, "today");
        Instant midnight =
                LocalDate.now(frames.zone()).atStartOfDay(frames.zone()).toInstant();
        Sight sight = looks.sight(Choice.flag(wanted, "show"));
        RejectedRows.Filter filter = new RejectedRows.Filter(account, reason, today ? midnight : null);
        Page<RowLine> page = rows.read(filter, PageRequest.of(null, cursor), sight);
        looks.record(sight, filter.account(), page.items().size());
        return Templates.rejected(
                frames.of(request),
                page,
                RejectedRows.LOOKS,
                new Asked(account == null ? "" : account, reason == null ? "" : reason, today),
                sight == Sight.FULL);
    }
}
