package io.drawdown.kit.security;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request.
 *
 * @param subject the account of a user, else the name of the client
 */
public record Caller(String subject, Set<String> roles) {

    private static final Set<String> TRUSTED = Set.of(Role.GATEWAY, Role.OPERATOR, Role.SERVICE);

    public Caller {
        roles = Set.copyOf(roles);
    }

    public static Caller of(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token
                ? of(token)
                : new Caller(identity.getPrincipal().getName(), identity.getRoles());
    }

    public static Caller of(JsonWebToken token) {
        @Nullable String subject = token.getSubject();
        @Nullable Set<String> groups = token.getGroups();
        if (subject == null || groups == null) {
            throw new IllegalStateException("a token without subject or groups came through");
        }
        return new Caller(subject, groups);
    }

    /** Gateways, operators and services may use all accounts. */
    public boolean mayUseAll() {
        return roles.stream().anyMatch(TRUSTED::contains);
    }

    public boolean isOperator() {
        return roles.contains(Role.OPERATOR);
    }

    /** A user may use their own account only. */
    public boolean mayUse(String accountId) {
        return mayUseAll() || (roles.contains(Role.USER) && subject.equals(accountId));
    }

    /** @throws ProblemException {@link ProblemType#FORBIDDEN} if the account is not the caller's to use */
    public void requireUseOf(String accountId) {
        if (!mayUse(accountId)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This account is not yours");
        }
    }
}
