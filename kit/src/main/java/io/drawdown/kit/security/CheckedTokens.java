package io.drawdown.kit.security;

import io.drawdown.kit.time.Time;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.PublicKey;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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

    private static final String KEY = "mp.jwt.verify.publickey.location";
    private static final Logger LOG = Logger.getLogger(CheckedTokens.class);

    private final JWTCallerPrincipalFactory verifier = new DefaultJWTCallerPrincipalFactory();
    private final VerifiedTokens verified;
    private final TokenClaims claims;
    private final @Nullable IssuerKeys issuer;

    @Inject
    CheckedTokens(Time time, JwtConfig config, @ConfigProperty(name = KEY) Optional<String> location) {
        this(time, config.jwt(), location.filter(CheckedTokens::isAddress).map(URI::create));
    }

    /** @param issuer where the keys are shown; empty if {@code rules} have a key */
    CheckedTokens(Time time, JwtConfig.Jwt jwt, Optional<URI> issuer) {
        this.verified = new VerifiedTokens(time);
        this.claims = new TokenClaims(new ClaimPath(jwt.accountClaim()), new ClaimPath(jwt.rolesClaim()));
        this.issuer = issuer.map(address -> new IssuerKeys(new KeySource(address), jwt.refresh(), jwt.keep(), time))
                .orElse(null);
    }

    private static boolean isAddress(String location) {
        return location.regionMatches(true, 0, "https:", 0, 6) || location.regionMatches(true, 0, "http:", 0, 5);
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
        JWTCallerPrincipal known = verified.find(token);
        return known == null ? verify(token, rules) : known;
    }

    private JWTCallerPrincipal verify(String token, JWTAuthContextInfo rules) throws ParseException {
        @Nullable String fault = claims.fault(token);
        if (fault != null) {
            LOG.debugf("Token refused: fault=%s", fault);
            throw new ParseException("token refused: " + fault);
        }
        try {
            JWTCallerPrincipal caller = claims.caller(token, verifier.parse(token, withKey(token, rules)));
            verified.remember(token, caller);
            return caller;
        } catch (RuntimeException e) {
            throw new ParseException("the token cannot be verified", e);
        }
    }

    /** With an address of keys this blocks now and then; Quarkus then verifies tokens on worker threads, as our sockets do. */
    private JWTAuthContextInfo withKey(String token, JWTAuthContextInfo rules) throws ParseException {
        if (issuer == null) {
            return rules;
        }
        @Nullable PublicKey key = issuer.find(TokenClaims.kid(token));
        if (key == null) {
            throw new ParseException("the issuer shows no such key");
        }
        JWTAuthContextInfo fixed = new JWTAuthContextInfo(rules);
        fixed.setPublicVerificationKey(key);
        return fixed;
    }
}
