package io.alohubsync.access;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConsoleSettings;
import io.alohubsync.config.ReloadedFile;
import io.alohubsync.config.Seal;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.loop.Time;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The ways in, as they are set. Without one there are no roles: the console says what to set, and
 * the API refuses.
 */
@ApplicationScoped
public class Access {

    private static final Logger LOG = Logger.getLogger(Access.class);

    private final ConsoleSettings settings;
    private final AccessCheck.Found found;
    private final List<String> problems;
    private final @Nullable ReloadedFile<Map<String, Users.User>> users;
    private final @Nullable Seal seal;
    private final Sessions sessions;

    Access(AlohubSettings settings) {
        this.settings = settings.console();
        AccessCheck check = new AccessCheck(this.settings);
        this.found = check.found();
        this.problems = check.problems();
        this.users = this.settings
                .usersFile()
                .map(file -> new ReloadedFile<>(
                        Path.of(file),
                        Map.<String, Users.User>of(),
                        Users::read,
                        Users::remaining,
                        Time.system().monotonic()))
                .orElse(null);
        this.seal = found.keys().isEmpty() ? null : new Seal(found.keys());
        this.sessions = new Sessions(Clock.systemUTC(), this.settings.session());
    }

    /** @return what is wrong with the settings: one sentence each, with the remedy */
    public static List<String> problemsOf(AlohubSettings settings) {
        return new Access(settings).problems();
    }

    private List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        String complaint = usersComplaint();
        if (complaint != null) {
            all.add("alohub.console.users-file: " + complaint);
        }
        return all;
    }

    /** @throws SettingsProblem a way in is half set, or unsound */
    void onStart(@Observes StartupEvent event) {
        List<String> all = problems();
        if (!all.isEmpty()) {
            throw new SettingsProblem(all);
        }
        if (isOpen()) {
            LOG.infof("The console is open, by %s", String.join(", ", found.ways()));
        }
    }

    /** Whether there is a way in. */
    public boolean isOpen() {
        return seal != null && !found.ways().isEmpty();
    }

    /** What is wrong with the users file; null: nothing is, or there is none. */
    public @Nullable String usersComplaint() {
        return users == null ? null : users.complaint();
    }

    public boolean hasUsers() {
        return users != null;
    }

    public boolean hasSingleSignOn() {
        return settings.oidc().url().isPresent();
    }

    Optional<Seal> seal() {
        return Optional.ofNullable(seal);
    }

    Sessions sessions() {
        return sessions;
    }

    Optional<Networks> proxies() {
        return found.proxies();
    }

    /** From where a request comes. @param forwardedFor the headers X-Forwarded-For */
    public String address(String peer, List<String> forwardedFor) {
        return new ClientAddress(found.forwarders()).of(peer, forwardedFor);
    }

    ConsoleSettings settings() {
        return settings;
    }

    /** @return null: the file has none of that name now */
    Users.@Nullable User user(String name) {
        return users == null ? null : users.content().get(name);
    }

    /** The role of a person of these groups. @return null: none, so the person may see nothing */
    @Nullable
    String roleOf(Collection<String> groups) {
        ConsoleSettings.GroupSettings ofRoles = settings.groups();
        if (ofRoles.admin().stream().anyMatch(groups::contains)) {
            return Role.ADMIN;
        }
        if (ofRoles.operator().stream().anyMatch(groups::contains)) {
            return Role.OPERATOR;
        }
        return ofRoles.viewer().stream().anyMatch(groups::contains) ? Role.VIEWER : null;
    }
}
