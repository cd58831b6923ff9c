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

/** How items are queued and published. */
@ConfigMapping(prefix = "drawdown")
public interface QueueConfig {

    Queue queue();

    /** What concerns all items. */
    interface Queue {

        /** The price of an item that names none, in US cents: 0, or at least 50. */
        @WithDefault("799")
        @Min(0)
        @Max(99_999_999)
        long priceCents();

        /** How long an item may be queued before it is cancelled. */
        @WithDefault("30d")
        @DurationMin(days = 1)
        @DurationMax(days = 3650)
        Duration expiry();

        Slack slack();
    }

    /** How items are published. */
    interface Slack {

        /** The address of Slack's Web API, without its path. Also {@code SLACK_API_BASE}. */
        @WithDefault("https://slack.com")
        URI apiBase();

        /** The token of the bot; without one only webhooks are published to. Also {@code SLACK_BOT_TOKEN}. */
        Optional<String> botToken();

        /** Whether a webhook may lead to an address that is not on the public internet, and without TLS. */
        @WithDefault("false")
        boolean privateAddresses();
    }
}
