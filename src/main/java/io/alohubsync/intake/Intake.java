package io.alohubsync.intake;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.Rate;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.intake.write.EntryWriter;
import io.alohubsync.intake.write.GroupCommit;
import io.alohubsync.intake.write.OutboxEntry;
import io.alohubsync.intake.write.Written;
import io.alohubsync.loop.Time;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way in over HTTP, if it is on: authentication, the rate of each source, and the writing. The
 * threads of requests use it; the one that starts the daemon alone writes {@link #isOn}.
 */
@ApplicationScoped
public class Intake {

    /** Beyond that an entry may be written or not; it is far more than a commit takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final String SOURCE = "alohub.source"; // of the exchange's data
    static final String UNKNOWN = "unknown"; // the source in metrics where none was known

    private final LongSupplier nanoTime = Time.system().monotonic();
    private final AlohubSettings settings;
    private final Sources sources;
    private final EntryWriter writer;
    private final GroupCommit commits;
    private final Places transactions =
            new Places(2); // of batches and deliveries: the loops need the pool's other connections
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>(); // one for each source: few
    private boolean isOn; // set at the start, before the port is open

    Intake(AlohubSettings settings, AgroalDataSource database) {
        this.settings = settings;
        this.sources = new Sources(settings, nanoTime);
        this.writer = new EntryWriter(database);
        this.commits = new GroupCommit(writer, PATIENCE, nanoTime);
    }

    /** @return what is wrong with the settings: one sentence each, with the remedy */
    public static List<String> problemsOf(AlohubSettings settings) {
        return problemsOf(settings, new Sources(settings, Time.system().monotonic()));
    }

    private static List<String> problemsOf(AlohubSettings settings, Sources sources) {
        List<String> problems = new IntakeCheck(settings).problems(sources.names());
        problems.addAll(sources.problems());
        return problems;
    }

    /** @throws SettingsProblem a token, a file or a source is unsound */
    void onStart(@Observes StartupEvent event) {
        List<String> problems = problemsOf(settings, sources);
        if (!problems.isEmpty()) {
            throw new SettingsProblem(problems);
        }
        isOn = sources.isAny();
        if (isOn) {
            commits.start();
            LOG.infof("The intake is on, for the sources %s", String.join(", ", sources.names()));
        }
    }

    public boolean isOn() {
        return isOn;
    }

    Set<String> sourceNames() {
        return sources.names();
    }

    public LongSupplier nanoTime() {
        return nanoTime;
    }

    /** @throws Refused the token is unknown, or its source sends too much */
    Source enter(HttpHeaders headers, RoutingContext exchange) {
        Source source = withToken(Requests.token(headers));
        if (source == null) {
            throw Refused.because(Refusal.TOKEN);
        }
        admit(source, exchange);
        return source;
    }

    /** @return null: no source has the token */
    public @Nullable Source withToken(String token) {
        return token.isEmpty() ? null : sources.withToken(token);
    }

    public Source named(String name) {
        return sources.named(name);
    }

    /** Counts the request. @throws Refused there were too many */
    public void admit(Source source, RoutingContext exchange) {
        exchange.put(SOURCE, source.name());
        long wait = buckets.computeIfAbsent(source.name(), name -> bucket()).take();
        if (wait > 0) {
            throw Refused.later(Refusal.RATE, wait);
        }
    }

    /** For metrics: the source that was known, or unknown. */
    static String sourceOf(RoutingContext exchange) {
        String source = exchange.get(SOURCE);
        return source == null ? UNKNOWN : source;
    }

    private TokenBucket bucket() {
        return new TokenBucket(Rate.of(settings.intake().rate(), 1), nanoTime);
    }

    /** Returns the id of the row, when it is committed. @throws Refused it is not */
    public long write(OutboxEntry entry) {
        try {
            return rowOf(commits.write(entry));
        } catch (InterruptedException stopped) {
            throw Refused.later(Refusal.UNAVAILABLE, 1);
        }
    }

    private static long rowOf(Written written) {
        return switch (written) {
            case Written.Row row -> row.id();
            case Written.KeyReused reused -> throw Refused.because(Refusal.KEY_REUSED);
            case Written.KeyInUse running -> throw Refused.later(Refusal.KEY_IN_USE, 1);
            case Written.NotStorable(String field) ->
                throw field == null
                        ? Refused.because(Refusal.NOT_STORABLE)
                        : Refused.field(Refusal.FIELD_NOT_STORABLE, field);
            case Written.Unavailable away -> throw Refused.later(Refusal.UNAVAILABLE, 5);
            case Written.Busy busy -> throw Refused.later(Refusal.BUSY, 1);
        };
    }

    /**
     * Many at once, in a transaction of their own.
     *
     * @return for each entry the id of its row, or why it has none; in their order
     */
    public List<Result> writeAll(List<OutboxEntry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        try {
            return transactions.within(() -> writeNow(entries));
        } catch (Refused busy) {
            return entries.stream().map(entry -> Result.refused(busy)).toList();
        }
    }

    private List<Result> writeNow(List<OutboxEntry> entries) {
        try {
            return writer.write(entries).stream().map(Intake::result).toList();
        } catch (SQLException away) {
            throw Refused.later(Refusal.UNAVAILABLE, 5);
        }
    }

    /**
     * @return the ids of the rows.
     * @throws Refused one of them was refused; the others may be written, and a platform then sends
     *                 all again
     */
    public List<Long> writeTogether(List<OutboxEntry> entries) {
        if (entries.size() == 1) {
            return List.of(write(entries.getFirst()));
        }
        List<Long> rows = new ArrayList<>();
        for (Result result : writeAll(entries)) {
            if (result.refused() != null) {
                throw result.refused();
            }
            rows.add(result.row());
        }
        return rows;
    }

    private static Result result(Written written) {
        try {
            return Result.row(rowOf(written));
        } catch (Refused refused) {
            return Result.refused(refused);
        }
    }

    /** @param refused null: there is a row */
    public record Result(long row, @Nullable Refused refused) {

        static Result row(long row) {
            return new Result(row, null);
        }

        static Result refused(Refused refused) {
            return new Result(0, refused);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        if (isOn) {
            commits.stop();
        }
    }
}
