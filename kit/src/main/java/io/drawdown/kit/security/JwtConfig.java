package io.drawdown.kit.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Whose tokens are taken, and where in them the caller stands. */
@ConfigMapping(prefix = "drawdown")
public interface JwtConfig {

    Jwt jwt();

    /** Tokens of one issuer. */
    interface Jwt {
        /** The claim {@code iss}. */
        @WithDefault("drawdown")
        @NotBlank
        String issuer();

        /** What the claim {@code aud} must contain. */
        @WithDefault("drawdown")
        @NotBlank
        String audience();

        /** Where the roles are: the name of a claim, or a path such as {@code realm_access.roles}. */
        @WithDefault("groups")
        @NotBlank
        String rolesClaim();

        /** Where the account of a user, or the name of a client, is. */
        @WithDefault("sub")
        @NotBlank
        String accountClaim();

        /** How old the keys of an issuer may become before its address is read again. */
        @WithDefault("5m")
        @DurationMin(seconds = 10)
        @DurationMax(days = 1)
        Duration refresh();

        /** How long the keys of an issuer count while its address cannot be read. */
        @WithDefault("24h")
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        Duration keep();
    }
}
