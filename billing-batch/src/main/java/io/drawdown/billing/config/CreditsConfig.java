package io.drawdown.billing.config;

import io.drawdown.contracts.Credits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How credits are sold. */
@ConfigMapping(prefix = "drawdown")
public interface CreditsConfig {

    /** Where credits-service answers. */
    @WithDefault("http://localhost:8101")
    URI creditsUrl();

    /** The file with the token by which credits-service knows this service; read again when it changes. */
    @WithDefault(".drawdown/keys/billing-batch.token")
    String serviceTokenFile();

    /** The credits for sale, by the names of the packs. */
    @NotEmpty
    Map<String, PackConfig> packs();

    Purchase purchase();

    AutoTopUp autoTopUp();

    /** One pack. */
    interface PackConfig {

        /** In US cents. */
        long priceCents();

        /** How many credits it has. */
        @WithConverter(CreditsConverter.class)
        Credits credits();

        /** How long they are valid, from the payment on; absent: for ever. */
        Optional<Duration> validFor();
    }

    /** Purchases. */
    interface Purchase {

        /** How long a customer may take to authenticate; then the purchase is given up. */
        @WithDefault("1h")
        @DurationMin(minutes = 1)
        @DurationMax(days = 1)
        Duration customerPatience();
    }

    /** Automatic top-ups. */
    interface AutoTopUp {

        /** They buy when the balance lasts at most so long. */
        @WithDefault("120s")
        @DurationMin(seconds = 1)
        @DurationMax(minutes = 10)
        Duration lead();

        /** Between two attempts at least. */
        @WithDefault("60s")
        @DurationMin(seconds = 1)
        @DurationMax(days = 1)
        Duration apart();

        /** After so many in a row it turns itself off. */
        @WithDefault("3")
        @Min(1)
        @Max(100)
        int mostFailures();

        /** Whose days the cap per day means. */
        @WithDefault("UTC")
        ZoneId zone();
    }
}
