package io.drawdown.kit.security;

import io.drawdown.kit.testing.ManualTime;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.jwt.Claims;
import org.jspecify.annotations.Nullable;
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
        return new Expiring(time.now().plus(left).getEpochSecond());
    }

    private static final class Expiring extends JWTCallerPrincipal {

        private final long seconds;

        Expiring(long seconds) {
            super("a token", "JWT");
            this.seconds = seconds;
        }

        @Override
        protected Collection<String> doGetClaimNames() {
            return List.of(Claims.exp.name());
        }

        @Override
        protected @Nullable Object getClaimValue(String name) {
            return name.equals(Claims.exp.name()) ? seconds : null;
        }
    }
}
