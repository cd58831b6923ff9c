package io.drawdown.billing.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** How this instance takes money. */
@ConfigMapping(prefix = "drawdown")
public interface StripeConfig {

    Stripe stripe();

    /** How Stripe is reached. */
    interface Stripe {

        /** A restricted key, or a secret one of the test mode; without one nothing is charged. Also {@code STRIPE_SECRET_KEY}. */
        Optional<String> secretKey();

        /** Where the calls go; a live key goes to Stripe only. Also {@code STRIPE_API_BASE}. */
        @WithDefault("https://api.stripe.com")
        URI apiBase();

        /** How long a connection may take. With an answer it must leave room in the 55 s that a request may take. */
        @WithDefault("2s")
        @DurationMin(millis = 1)
        @DurationMax(seconds = 5)
        Duration connectTimeout();

        /** How long an answer may take. */
        @WithDefault("20s")
        @DurationMin(millis = 1)
        @DurationMax(seconds = 40)
        Duration readTimeout();

        /** Calls of one kind in a second. */
        @WithDefault("25")
        @Min(1)
        @Max(10_000)
        int callsPerEndpoint();

        /** Calls of all kinds in a second. */
        @WithDefault("100")
        @Min(1)
        @Max(10_000)
        int calls();

        /** Connections that are kept open. */
        @WithDefault("128")
        @Min(1)
        @Max(10_000)
        int connections();

        /** What the deliveries of Stripe are signed with; without one the webhook answers 503. Also {@code STRIPE_WEBHOOK_SECRET}. */
        Optional<String> webhookSecret();

        /** The secret before it, while deliveries that are signed with it may come. Also {@code STRIPE_WEBHOOK_SECRET_PREVIOUS}. */
        Optional<String> webhookSecretPrevious();

        /** How old a delivery may be, and how far ahead the clock of Stripe. */
        @WithDefault("5m")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration webhookTolerance();

        /** How long events are kept that are done; Stripe lists them for 30 days. */
        @WithDefault("45d")
        @DurationMin(days = 31)
        @DurationMax(days = 3650)
        Duration keepEvents();

        /** How long a link lasts by which a payer confirms a payment in person. */
        @WithDefault("24h")
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        Duration confirmLinkLifetime();
    }
}
