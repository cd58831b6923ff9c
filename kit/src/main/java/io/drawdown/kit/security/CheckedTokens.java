package io.drawdown.kit.security;

import io.drawdown.kit.time.Time;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every token passes here, from HTTP and from sockets. A token whose claims break the rules of {@link TokenClaims} is
 * as invalid as one with a wrong signature.
 */
@Singleton
@Alternative
@Priority(1)
public final class CheckedTokens extends JWTCallerPrincipalFactory {

    private static final Logger LOG = Logger.getLogger(CheckedTokens.class);

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final VerifiedTokens verified;

    CheckedTokens(Time time) {
        verified = new VerifiedTokens(time);
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
        JWTCallerPrincipal known = verified.find(token);
        return known == null ? verify(token, rules) : known;
    }

    private JWTCallerPrincipal verify(String token, JWTAuthContextInfo rules) throws ParseException {
        @Nullable String fault = TokenClaims.fault(token);
        if (fault != null) {
            LOG.debugf("Token refused: fault=%s", fault);
            throw new ParseException("token refused: " + fault);
        }
        try {
            JWTCallerPrincipal caller = verifier.parse(token, rules);
            verified.remember(token, caller);
            return caller;
        } catch (RuntimeException e) {
            throw new ParseException("the token cannot be verified", e);
        }
    }
}
