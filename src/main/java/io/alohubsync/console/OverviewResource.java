package io.alohubsync.console;

import io.alohubsync.access.Guarded;
import io.alohubsync.access.Role;
import io.alohubsync.operate.Sight;
import io.alohubsync.operate.overview.AccountFigures;
import io.alohubsync.operate.overview.Overview;
import io.alohubsync.operate.problems.ProblemGroup;
import io.alohubsync.operate.problems.Problems;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** The page that opens first: does each account keep up, and if not, why and what to do. */
@Path("/")
@Guarded
@Blocking
@Produces(MediaType.TEXT_HTML)
public class OverviewResource {

    private static final int PROBLEMS = 8;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final Frames frames;
    private final Overview overview;
    private final Problems problems;

    OverviewResource(Frames frames, Overview overview, Problems problems) {
        this.frames = frames;
        this.overview = overview;
        this.problems = problems;
    }

    /** @param freshTone good, warn or empty where there is no figure */
    public record Card(AccountFigures figures, Sentence sentence, Chart hour, Chart day, String freshTone) {

        public @Nullable Double fresh() {
            return figures.today().freshToday();
        }

        /** Customers wait, and none of them is due. */
        public boolean isNotDue() {
            return figures.backlog().oldestSeconds() == null
                    && figures.backlog().nextDueAt() != null;
        }
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance overview(
                Frame frame,
                List<Card> cards,
                List<ProblemGroup> groups,
                boolean cut,
                int looks,
                long unknownAccounts,
                boolean empty);
    }

    @GET
    @RolesAllowed(Role.VIEWER)
    public TemplateInstance overview(HttpServerRequest request, @RestHeader(Frames.REFRESH) @Nullable String refresh) {
        Frame frame = frames.of(request);
        boolean refreshes = refresh != null;
        Overview.Seen seen =
                refreshes ? overview.recent(frame.zone(), Sight.MASKED) : overview.read(frame.zone(), Sight.MASKED);
        List<Card> cards = seen.accounts().stream()
                .filter(OverviewResource::isUsed)
                .map(account -> card(account, seen.target(), frame))
                .toList();
        Problems.Groups all =
                refreshes ? problems.recentGroups(null, Sight.MASKED) : problems.groups(null, Sight.MASKED);
        List<ProblemGroup> groups = all.groups();
        boolean cut = all.failuresCut() || all.rejectionsCut();
        boolean empty = groups.isEmpty() && !cut && seen.accounts().stream().allMatch(OverviewResource::isEmpty);
        return Templates.overview(
                frame,
                cards,
                groups.stream().limit(PROBLEMS).toList(),
                cut,
                Problems.LOOKS,
                seen.unknownAccounts(),
                empty);
    }

    /** The account default is there before anybody configures it. */
    private static boolean isUsed(AccountFigures account) {
        return account.state().seenAt() != null || !isEmpty(account);
    }

    private static boolean isEmpty(AccountFigures account) {
        return account.backlog().waiting() == 0
                && account.backlog().delivered() == 0
                && account.backlog().dead() == 0
                && account.backlog().held() == 0
                && account.today().rejected() == 0;
    }

    private static Card card(AccountFigures account, double target, Frame frame) {
        Double fresh = account.today().freshToday();
        String tone = fresh == null ? "" : fresh >= target ? "good" : "warn";
        return new Card(
                account,
                Sentence.of(account, frame),
                Chart.of(frame.t("chart.hour"), account.minutes(), CLOCK, frame),
                Chart.of(frame.t("chart.day"), account.hours(), CLOCK, frame),
                tone);
    }
}
