package io.drawdown.billing;

import io.drawdown.billing.config.CreditsConfig;
import io.drawdown.billing.credits.HttpCreditAccounts;
import io.drawdown.billing.purchase.Pack;
import io.drawdown.billing.purchase.engine.PurchaseSettings;
import io.drawdown.billing.purchase.engine.Purchases;
import io.drawdown.billing.purchase.engine.Refunds;
import io.drawdown.billing.purchase.store.MongoPurchases;
import io.drawdown.billing.topup.TopUpPolicy;
import io.drawdown.billing.topup.engine.TopUps;
import io.drawdown.billing.topup.store.MongoTopUps;
import io.drawdown.kit.runtime.CoreRuntime;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What purchases and top-ups need, for the core. */
@Singleton
final class CreditsForSale {

    @Produces
    @Singleton
    BillingPorts.Credits credits(
            MongoPurchases purchases, MongoTopUps topUps, Refunds refunds, CreditsConfig config, CoreRuntime runtime) {
        CreditsConfig.AutoTopUp top = config.autoTopUp();
        return new BillingPorts.Credits(
                purchases,
                topUps,
                new HttpCreditAccounts(
                        config.creditsUrl(), Path.of(config.serviceTokenFile()), runtime.loop(), runtime.spans()),
                refunds,
                new PurchaseSettings(packs(config), config.purchase().customerPatience()),
                new TopUpPolicy(top.lead(), top.apart(), top.mostFailures(), top.zone()));
    }

    /** @throws ConfigurationException a pack cannot be sold */
    static List<Pack> packs(CreditsConfig config) {
        try {
            return config.packs().entrySet().stream()
                    .map(pack -> new Pack(
                            pack.getKey(),
                            pack.getValue().priceCents(),
                            pack.getValue().credits(),
                            pack.getValue().validFor().map(Duration::toMillis).orElse(null)))
                    .sorted(Comparator.comparingLong(Pack::priceCents).thenComparing(Pack::name))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("drawdown.packs: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    Purchases purchases(BillingCore core) {
        return core.credits().purchases();
    }

    @Produces
    @Singleton
    TopUps topUps(BillingCore core) {
        return core.credits().topUps();
    }
}
