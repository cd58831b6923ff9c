package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.config.TariffConfig.PlanConfig;
import io.drawdown.credits.config.TariffConfig.RateConfig;
import io.drawdown.credits.decision.AccountLimits;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** The numbers of the core as they are configured; what cannot be configured is as the core has it. */
final class ConfiguredSettings {

    /** Four times the holds that an account may have, so that this bound can rise and the bound of rates stays. */
    private static final long MOST_HOLDS = 4L * AccountLimits.DEFAULT.holds();

    private ConfiguredSettings() {}

    @Produces
    @Singleton
    static CreditsSettings settings(TariffConfig tariff, SliceConfig slices, Config config) {
        return CreditsSettings.of(tariff(tariff, config.unwrap(SmallRyeConfig.class)))
                .with(limits(slices));
    }

    /** @param config what {@code tariff} was read from */
    static Tariff tariff(TariffConfig tariff, SmallRyeConfig config) {
        Map<String, Credits> prices = new HashMap<>(tariff.prices());
        prices.keySet().retainAll(DeclaredNames.METERS.of(config));
        Map<String, RateConfig> kinds = new HashMap<>(tariff.rates());
        kinds.keySet().retainAll(DeclaredNames.KINDS.of(config));
        Map<String, Rate> rates = new HashMap<>();
        kinds.forEach((kind, rate) -> rates.put(kind, bounded(new Rate(kind, rate.price(), rate.incrementMillis()))));
        Map<String, Integer> most = new HashMap<>();
        kinds.forEach((kind, rate) -> most.put(kind, rate.sessionsPerAccount()));
        return new Tariff(prices, rates, most, plans(tariff, rates.keySet(), config));
    }

    private static Map<String, Set<String>> plans(TariffConfig tariff, Set<String> kinds, SmallRyeConfig config) {
        Map<String, PlanConfig> declared = new HashMap<>(tariff.plans());
        declared.keySet().retainAll(DeclaredNames.PLANS.of(config));
        Map<String, Set<String>> plans = new HashMap<>();
        declared.forEach((name, plan) -> plans.put(name, known(name, plan.kinds(), kinds)));
        return plans;
    }

    private static Set<String> known(String plan, Set<String> included, Set<String> kinds) {
        if (!kinds.containsAll(included)) {
            throw new ConfigurationException(
                    "drawdown.plans." + plan + ".kinds is " + included + ": the rate card has " + kinds);
        }
        return included;
    }

    /** What all holds of an account burn per second is an amount too. */
    private static Rate bounded(Rate rate) {
        long microsPerSecond = rate.price().micros() * 1_000 / rate.incrementMillis();
        if (microsPerSecond > Credits.MAX_MICROS / MOST_HOLDS) {
            throw new ConfigurationException(
                    "drawdown.rates." + rate.kind() + ".price is \"" + rate.price() + "\": the rate is above "
                            + Credits.ofMicros(Credits.MAX_MICROS / MOST_HOLDS) + " credits per second");
        }
        return rate;
    }

    static AccountLimits limits(SliceConfig slices) {
        if (slices.leastSlice().compareTo(slices.greatestSlice()) > 0) {
            throw new ConfigurationException("drawdown.least-slice is \""
                    + slices.leastSlice().toSeconds() + "s\": it is above drawdown.greatest-slice, "
                    + slices.greatestSlice().toSeconds() + "s");
        }
        AccountLimits standard = AccountLimits.DEFAULT;
        return new AccountLimits(
                slices.firstSlice(),
                slices.leastSlice(),
                slices.greatestSlice(),
                standard.grants(),
                standard.holds(),
                standard.outbox());
    }
}
