package io.drawdown.kit.security;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** The caller of a request whose token was verified on the way to its route. */
public final class KnownCaller {

    private KnownCaller() {}

    /** Empty if the route asked for no token, or the token was not valid. */
    public static Optional<Caller> of(RoutingContext request) {
        return request.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(Caller.of(user.getSecurityIdentity()))
                : Optional.empty();
    }
}
