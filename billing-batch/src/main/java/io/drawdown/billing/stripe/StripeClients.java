package io.drawdown.billing.stripe;

import io.drawdown.billing.charge.engine.Payments;
import io.drawdown.billing.config.StripeConfig;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.kit.runtime.CoreRuntime;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The client of Stripe as it is configured. The service does not start with one that must not be used. */
@Singleton
final class StripeClients {

    @Produces
    @Singleton
    Payments payments(StripeConfig config, CoreRuntime runtime) {
        Optional<StripeSettings> settings = settings(config.stripe());
        return settings.isEmpty()
                ? new NoPayments()
                : new StripePayments(settings.get(), runtime.time(), runtime.loop());
    }

    @Produces
    @Singleton
    Refunds refunds(Payments payments) {
        return payments instanceof StripePayments stripe
                ? new StripeRefunds(stripe)
                : refund -> Uni.createFrom().item(new Refunds.Outcome.Refused("there is no key of Stripe"));
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
