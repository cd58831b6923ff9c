package io.drawdown.kit.security;

import io.drawdown.kit.testing.ManualTime;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.time.Duration;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerifiedTokensTest {

    private final ManualTime time = new ManualTime();
    private final VerifiedTokens tokens = new VerifiedTokens(time);

    @Test
    void verifiedTokenIsKnownForAMinute() {
        // Given
        JWTCallerPrincipal ada = expiresIn(Duration.ofHours(1));
        // When
        tokens.remember("ada's", ada);
        time.advance(Duration.ofSeconds(59));
        // Then
        assertThat(tokens.find("ada's")).isSameAs(ada);
        assertThat(tokens.find("bob's")).isNull();
        time.advance(Duration.ofSeconds(1));
        assertThat(tokens.find("ada's")).isNull();
    }

    @Test
    void tokenIsForgottenWhenItExpires() {
        // Given
        tokens.remember("ada's", expiresIn(Duration.ofSeconds(5)));
        // When
        time.advance(Duration.ofSeconds(6));
        // Then
        assertThat(tokens.find("ada's")).isNull();
    }

    @Test
    void tokenThatExpiredWhileItWasVerifiedIsNotKnown() {
        // When
        tokens.remember("ada's", expiresIn(Duration.ofSeconds(-5)));
        // Then
        assertThat(tokens.find("ada's")).isNull();
    }

    private JWTCallerPrincipal expiresIn(Duration left) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("ada");
        claims.setExpirationTime(NumericDate.fromSeconds(time.now().plus(left).getEpochSecond()));
        return new DefaultJWTCallerPrincipal(claims);
    }
}
