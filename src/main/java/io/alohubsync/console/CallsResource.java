package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.customers.CallHistory;
import io.alohubsync.operate.customers.CallLine;
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
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The calls that the overview's figures count. */
@Path("/calls")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class CallsResource {

    private final Frames frames;
    private final CallHistory calls;
    private final Looks looks;

    CallsResource(Frames frames, CallHistory calls, Looks looks) {
        this.frames = frames;
        this.calls = calls;
        this.looks = looks;
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance calls(
                Frame frame,
                Page<CallLine> page,
                int looks,
                List<String> results,
                String account,
                String result,
                boolean today);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance calls(
            HttpServerRequest request,
            @RestQuery @Nullable String account,
            @RestQuery @Nullable String result,
            @RestQuery("today") @Nullable String ticked,
            @RestQuery @Nullable String cursor) {
        boolean today = Choice.flag(ticked, "today");
        Instant midnight =
                LocalDate.now(frames.zone()).atStartOfDay(frames.zone()).toInstant();
        CallHistory.Filter filter = new CallHistory.Filter(
                account, Choice.of(CallHistory.Result.class, result, "result"), today ? midnight : null);
        return Templates.calls(
                frames.of(request),
                calls.read(filter, PageRequest.of(null, cursor), looks.words()),
                CallHistory.LOOKS,
                Arrays.stream(CallHistory.Result.values()).map(Enum::name).toList(),
                account == null ? "" : account,
                result == null ? "" : result,
                today);
    }
}
