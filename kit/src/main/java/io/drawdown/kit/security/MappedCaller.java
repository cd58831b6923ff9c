package io.drawdown.kit.security;

import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.Claims;
import org.jspecify.annotations.Nullable;

/** A verified token whose account and roles stand elsewhere than in {@code sub} and {@code groups}. */
final class MappedCaller extends JWTCallerPrincipal {

    private final JWTCallerPrincipal token;
    private final String account;
    private final Set<String> roles;

    MappedCaller(JWTCallerPrincipal token, String account, Set<String> roles) {
        super(token.getRawToken(), "JWT");
        this.token = token;
        this.account = account;
        this.roles = Set.copyOf(roles);
    }

    @Override
    public String getName() {
        return account;
    }

    @Override
    protected Collection<String> doGetClaimNames() {
        Set<String> names = new TreeSet<>(token.getClaimNames());
        names.add(Claims.sub.name());
        names.add(Claims.groups.name());
        return names;
    }

    @Override
    protected @Nullable Object getClaimValue(String name) {
        if (name.equals(Claims.sub.name())) {
            return account;
        }
        return name.equals(Claims.groups.name()) ? roles : token.getClaim(name);
    }
}
