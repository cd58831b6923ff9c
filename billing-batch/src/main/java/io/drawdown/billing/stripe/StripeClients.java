package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.config.StripeConfig;
import io.drawdown.billing.hook.Signatures;
import io.drawdown.billing.payer.ConfirmLinks;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.kit.runtime.CoreRuntime;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The client of Stripe as it is configured. The service does not start with one that must not be used. */
@Singleton
final class StripeClients {

    private static final int SHORTEST_SECRET = 16;

    @Produces
    @Singleton
    StripePorts ports(StripeConfig config, CoreRuntime runtime) {
        return settings(config.stripe())
                .map(settings ->
                        StripePorts.of(new StripeCalls(settings, runtime.time(), runtime.loop(), runtime.spans())))
                .orElseGet(StripePorts::none);
    }

    @Produces
    @Singleton
    Payments payments(StripePorts ports) {
        return ports.payments();
    }

    /** Signed with what all instances share; without a key of Stripe there is nothing to confirm. */
    @Produces
    @Singleton
    ConfirmLinks links(StripeConfig config) {
        String secret =
                config.stripe().secretKey().orElseGet(() -> UUID.randomUUID().toString());
        return new ConfirmLinks(secret, config.stripe().confirmLinkLifetime());
    }

    @Produces
    @Singleton
    StripeMode mode(StripeConfig config) {
        return new StripeMode(settings(config.stripe()).map(StripeSettings::livemode));
    }

    @Produces
    @Singleton
    Signatures signatures(StripeConfig config) {
        return signatures(config.stripe());
    }

    /** @throws ConfigurationException a secret is too short; the message does not show it */
    static Signatures signatures(StripeConfig.Stripe config) {
        var secrets = Stream.of(config.webhookSecret(), config.webhookSecretPrevious())
                .flatMap(Optional::stream)
                .toList();
        if (secrets.stream().anyMatch(secret -> secret.length() < SHORTEST_SECRET)) {
            throw new ConfigurationException(
                    "a secret of Stripe's webhooks (STRIPE_WEBHOOK_SECRET, STRIPE_WEBHOOK_SECRET_PREVIOUS) has "
                            + SHORTEST_SECRET + " characters or more");
        }
        return new Signatures(secrets, config.webhookTolerance());
    }

    @Produces
    @Singleton
    Refunds refunds(StripePorts ports) {
        return ports.refunds();
    }

    /** @throws ConfigurationException the key, or where it would be sent, is wrong; the message does not show the key */
    static Optional<StripeSettings> settings(StripeConfig.Stripe config) {
        try {
            return config.secretKey().map(key -> StripeSettings.of(key, config));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("STRIPE_SECRET_KEY and STRIPE_API_BASE do not fit: " + e.getMessage());
        }
    }
}
