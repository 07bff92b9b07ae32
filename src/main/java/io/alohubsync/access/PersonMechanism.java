package io.alohubsync.access;

import io.alohubsync.operate.Unavailable;
import io.alohubsync.operate.Way;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the person of a request: by a token, by a trusted proxy's headers, or by the cookie of
 * a login, in this order.
 */
@ApplicationScoped
class PersonMechanism implements HttpAuthenticationMechanism {

    private static final String BEARER = "bearer ";
    private static final int LONGEST_NAME = 200;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Access access;
    private final EndedLogins ended;
    private final ApiTokens tokens;
    private final BlockingSecurityExecutor blocking;

    PersonMechanism(Access access, EndedLogins ended, ApiTokens tokens, BlockingSecurityExecutor blocking) {
        this.access = access;
        this.ended = ended;
        this.tokens = tokens;
        this.blocking = blocking;
    }

    /** Before that of the single sign-on, which only logs people in. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY * 2;
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager providers) {
        if (!access.isOpen()) {
            return Uni.createFrom().nullItem();
        }
        String authorization = exchange.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return ofToken(authorization.substring(BEARER.length()).strip());
        }
        if (isClosedTo(exchange)) {
            return Uni.createFrom().nullItem();
        }
        Person proxied = proxied(exchange);
        if (proxied != null) {
            return Uni.createFrom().item(proxied.identity());
        }
        Person person = ofSession(exchange);
        return person == null ? Uni.createFrom().nullItem() : loggedIn(person);
    }

    private Uni<SecurityIdentity> ofToken(String token) {
        Uni<SecurityIdentity> found = ApiTokens.isOne(token)
                ? blocking.executeBlocking(() -> identity(tokens.find(token)))
                : Uni.createFrom().nullItem();
        return found.onItem().ifNull().failWith(() -> new AuthenticationFailedException("no such token"));
    }

    /** Unless the login was ended meanwhile. */
    private Uni<SecurityIdentity> loggedIn(Person person) {
        try {
            Boolean isEnded = ended.hasAtOnce(person.session());
            return isEnded == null
                    ? blocking.executeBlocking(() -> identity(ended.has(person.session()) ? null : person))
                    : Uni.createFrom().item(identity(isEnded ? null : person));
        } catch (Unavailable away) {
            return Uni.createFrom().failure(away);
        }
    }

    /**
     * A page of another site can make a browser send a request with its cookies, or past the proxy.
     * Forms carry a proof against that; the API has none, so it acts for tokens alone.
     */
    private static boolean isClosedTo(RoutingContext exchange) {
        return exchange.normalizedPath().startsWith("/api/")
                && !SAFE.contains(exchange.request().method());
    }

    private static @Nullable SecurityIdentity identity(@Nullable Person person) {
        return person == null ? null : person.identity();
    }

    /**
     * Each header of a proxy counts if it is there once, and if the connection comes from the
     * proxy's address.
     */
    private @Nullable Person proxied(RoutingContext exchange) {
        if (access.proxies().isEmpty()
                || !access.proxies()
                        .get()
                        .has(exchange.request().connection().remoteAddress().hostAddress())) {
            return null;
        }
        List<String> users =
                exchange.request().headers().getAll(access.settings().proxy().userHeader());
        List<String> groups =
                exchange.request().headers().getAll(access.settings().proxy().groupsHeader());
        if (users.size() != 1 || groups.size() != 1 || !isName(HeaderText.of(users.getFirst()))) {
            return null;
        }
        String role =
                access.roleOf(Arrays.stream(HeaderText.of(groups.getFirst()).split(","))
                        .map(String::strip)
                        .toList());
        String name = HeaderText.of(users.getFirst()).strip();
        return role == null ? null : new Person(name, role, Way.PROXY, "proxy " + name);
    }

    static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    private @Nullable Person ofSession(RoutingContext exchange) {
        Cookie cookie = exchange.request().getCookie(Sessions.COOKIE);
        String text = cookie == null ? null : access.seal().orElseThrow().open(Sessions.PURPOSE, cookie.getValue());
        Sessions.Session session = text == null ? null : access.sessions().read(text);
        if (session == null) {
            return null;
        }
        if (session.way() == Way.OIDC) {
            return access.hasSingleSignOn() ? new Person(session.name(), session.role(), Way.OIDC, session.id()) : null;
        }
        Users.User user = access.user(session.name());
        return user == null || !user.stamp().equals(session.stamp())
                ? null
                : new Person(user.name(), user.role(), Way.FILE, session.id());
    }

    /**
     * A person who opens a page goes to the login, and from there to the page. One who sends a form
     * after the login is over goes there too, and then back to the page of the form. Everybody else
     * is refused.
     */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        boolean isPage = !exchange.normalizedPath().startsWith("/api/")
                && exchange.request().getHeader(HttpHeaders.AUTHORIZATION) == null;
        if (isPage && exchange.request().method() == HttpMethod.GET) {
            return login("", exchange.request().uri());
        }
        String form = isPage ? CameFrom.page(exchange.request()) : null;
        return form == null
                ? Uni.createFrom()
                        .item(new ChallengeData(HttpResponseStatus.UNAUTHORIZED.code(), "WWW-Authenticate", "Bearer"))
                : login("ended=true&", form);
    }

    private static Uni<ChallengeData> login(String parameters, String to) {
        String query = parameters + (to.equals("/") ? "" : "to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
        return Uni.createFrom()
                .item(new ChallengeData(
                        HttpResponseStatus.SEE_OTHER.code(),
                        HttpHeaders.LOCATION,
                        query.isEmpty() ? "/login" : "/login?" + query));
    }
}
