package io.alohubsync.console;

import io.alohubsync.access.CameFrom;
import io.alohubsync.access.FormGuard;
import io.alohubsync.access.Person;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.Language;
import io.alohubsync.operate.Unavailable;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the frame of a page out of a request. */
@ApplicationScoped
class Frames {

    /** The header with which the console's script repeats a page that is open. */
    static final String REFRESH = "X-Refresh";

    static final String LANGUAGE_COOKIE = "alohub-language";
    private static final Set<String> LANGUAGES = Set.of("vi", "en");

    private final FormGuard forms;
    private final CurrentIdentityAssociation current;
    private final Language language;
    private final String zone; // wrong: AccessCheck stops the start with a sentence

    Frames(FormGuard forms, CurrentIdentityAssociation current, AlohubSettings settings) {
        this.forms = forms;
        this.current = current;
        this.language = settings.console().language();
        this.zone = settings.console().zone();
    }

    Frame of(HttpServerRequest request) {
        return of(request, null);
    }

    /** @param done the act that led here, of the address; null: none did */
    Frame of(HttpServerRequest request, @Nullable String done) {
        Words words = words(request);
        String notice = done != null && words.has("done." + done) ? words.text("done." + done, List.of()) : null;
        Person person = person();
        String proof = person == null ? "" : forms.proof(person);
        return new Frame(words, person, proof, here(request), zone(), Instant.now(), notice);
    }

    /** Of a form its page: the address of an act can't be opened. */
    private static String here(HttpServerRequest request) {
        String page = request.method() == HttpMethod.POST ? CameFrom.page(request) : null;
        return page == null ? Paths.here(request.uri()) : Paths.local(page);
    }

    /**
     * Finding the person may block. On the event loop, where only errors are shown, there is none.
     */
    private @Nullable Person person() {
        if (!BlockingOperationControl.isBlockingAllowed()) {
            return null;
        }
        try {
            return Person.knownOf(current.getIdentity());
        } catch (Unavailable away) { // so it is not known whether the login was ended
            return null;
        }
    }

    /** What the person has chosen; else what is set. */
    Words words(HttpServerRequest request) {
        Cookie chosen = request.getCookie(LANGUAGE_COOKIE);
        return Words.of(
                chosen != null && LANGUAGES.contains(chosen.getValue())
                        ? chosen.getValue().equals("vi")
                        : language == Language.VI);
    }

    ZoneId zone() {
        return ZoneId.of(zone);
    }
}
