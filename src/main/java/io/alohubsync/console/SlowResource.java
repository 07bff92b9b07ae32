package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.lines.RowLine;
import io.alohubsync.operate.problems.SlowRows;
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

/** The rows that were not delivered within a minute: what the overview's share lacks. */
@Path("/problems/slow")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SlowResource {

    private final Frames frames;
    private final SlowRows rows;

    SlowResource(Frames frames, SlowRows rows) {
        this.frames = frames;
        this.rows = rows;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance slow(Frame frame, Page<RowLine> page, int looks, String account, boolean today);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance slow(
            HttpServerRequest request,
            @RestQuery @Nullable String account,
            @RestQuery("today") @Nullable String ticked,
            @RestQuery @Nullable String cursor) {
        boolean today = Choice.flag(ticked, "today");
        Instant midnight =
                LocalDate.now(frames.zone()).atStartOfDay(frames.zone()).toInstant();
        Page<RowLine> page = rows.read(account, today ? midnight : null, PageRequest.of(null, cursor), Sight.MASKED);
        return Templates.slow(frames.of(request), page, SlowRows.LOOKS, account == null ? "" : account, today);
    }
}
