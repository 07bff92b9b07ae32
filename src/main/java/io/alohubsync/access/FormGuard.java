package io.alohubsync.access;

import io.alohubsync.operate.Way;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a page of another site made a browser send. Two things show it: the
 * browser's headers Sec-Fetch-Site and Origin, and the proof that each form of the console carries
 * for its login.
 */
@ApplicationScoped
public class FormGuard {

    /** The field of each form. */
    public static final String FIELD = "proof";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Access access;
    private final CurrentIdentityAssociation current;

    FormGuard(Access access, CurrentIdentityAssociation current) {
        this.access = access;
        this.current = current;
    }

    public String proof(Person person) {
        return access.seal().orElseThrow().proof(subject(person));
    }

    private static String subject(Person person) {
        return "form " + person.session();
    }

    @SameSite
    @ServerRequestFilter
    public void checkSite(ContainerRequestContext request, HttpServerRequest http) {
        if (!SAFE.contains(request.getMethod()) && !isOfThisSite(http)) {
            throw new ForbiddenException();
        }
    }

    /** Reads the body first: the proof is a field of it. */
    @Guarded
    @ServerRequestFilter
    @WithFormRead
    public void check(ContainerRequestContext request, HttpServerRequest http) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        ResteasyReactiveRequestContext form = CurrentRequestManager.get();
        require(http, form.getFormParameter(FIELD, true, false));
    }

    /**
     * For a method that reads its form itself.
     *
     * @param proof the field; null: there is none
     * @throws ForbiddenException it comes from another site, or the form is of another login
     */
    public void require(HttpServerRequest http, @Nullable Object proof) {
        if (!isOfThisSite(http)) {
            throw new ForbiddenException();
        }
        SecurityIdentity identity = current.getIdentity();
        if (identity.isAnonymous()) {
            return; // the login: there is nothing yet that a proof could belong to
        }
        Person person = Person.of(identity);
        if (person.way() != Way.TOKEN
                && !(proof instanceof String presented
                        && access.seal().orElseThrow().isProof(subject(person), presented))) {
            throw new ForbiddenException();
        }
    }

    private static boolean isOfThisSite(HttpServerRequest http) {
        String site = http.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        String origin = http.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || authority(origin)
                        .equalsIgnoreCase(
                                http.authority() == null ? "" : http.authority().toString());
    }

    private static String authority(@Nullable String origin) {
        try {
            String authority = new URI(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (URISyntaxException none) {
            return "";
        }
    }
}
