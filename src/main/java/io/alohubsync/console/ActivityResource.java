package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Page;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.acts.Act;
import io.alohubsync.operate.acts.ActLine;
import io.alohubsync.operate.acts.Activity;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The audit. */
@Path("/activity")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ActivityResource {

    private final Frames frames;
    private final Activity activity;
    private final Looks looks;

    ActivityResource(Frames frames, Activity activity, Looks looks) {
        this.frames = frames;
        this.activity = activity;
        this.looks = looks;
    }

    /** What the form shows again. */
    public record Asked(String person, String act, String account, boolean each) {}

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance activity(
                Frame frame, Page<ActLine> page, int looks, List<String> acts, Asked asked);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance activity(
            HttpServerRequest request,
            @RestQuery @Nullable String person,
            @RestQuery @Nullable String act,
            @RestQuery @Nullable String account,
            @RestQuery("each") @Nullable String ticked,
            @RestQuery @Nullable String cursor) {
        boolean each = Choice.flag(ticked, "each");
        Activity.Filter filter = new Activity.Filter(person, Choice.of(Act.class, act, "act"), account, each);
        return Templates.activity(
                frames.of(request),
                activity.read(filter, PageRequest.of(null, cursor), looks.words()),
                Activity.LOOKS,
                Arrays.stream(Act.values()).map(Enum::name).toList(),
                new Asked(person == null ? "" : person, act == null ? "" : act, account == null ? "" : account, each));
    }
}
