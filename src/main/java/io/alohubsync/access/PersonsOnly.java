package io.alohubsync.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Lets the provider's login count at {@link SingleSignOn#PATH} alone, where the console's own login
 * follows. Elsewhere a request with only that is anonymous: Quarkus takes the provider's groups for
 * roles, so a group that happens to be called {@code admin} would make an administrator.
 */
@ApplicationScoped
class PersonsOnly implements SecurityIdentityAugmentor {

    private static final SecurityIdentity ANONYMOUS =
            QuarkusSecurityIdentity.builder().setAnonymous(true).build();

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        RoutingContext exchange = HttpSecurityUtils.getRoutingContextAttribute(attributes);
        boolean logsIn = exchange != null && exchange.normalizedPath().equals(SingleSignOn.PATH);
        return Uni.createFrom().item(logsIn || Person.knownOf(identity) != null ? identity : ANONYMOUS);
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return augment(identity, context, Map.of());
    }
}
