package io.drawdown.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.accounts.Tariff;
import io.drawdown.credits.accounts.Terms;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** The numbers of the core as they are configured; what cannot be configured is as the core has it. */
final class ConfiguredSettings {

    private static final long MOST_HOLDS = 1_024;

    private ConfiguredSettings() {}

    @Produces
    @Singleton
    static CreditsSettings settings(TariffConfig tariff, SliceConfig slices) {
        CreditsSettings standard = CreditsSettings.DEFAULT;
        return new CreditsSettings(
                tariff(tariff),
                terms(slices),
                standard.commit(),
                standard.relay(),
                standard.pendingSweep(),
                standard.dueSweep());
    }

    static Tariff tariff(TariffConfig config) {
        Map<String, Credits> prices = new HashMap<>();
        config.prices().forEach((meter, price) -> prices.put(meter, Credits.of(price)));
        Map<String, Rate> rates = new HashMap<>();
        config.rates()
                .forEach((kind, rate) ->
                        rates.put(kind, bounded(new Rate(kind, Credits.of(rate.price()), rate.incrementMillis()))));
        return new Tariff(prices, rates);
    }

    /** What all holds of an account burn per second is an amount too. */
    private static Rate bounded(Rate rate) {
        long microsPerSecond = rate.price().micros() * 1_000 / rate.incrementMillis();
        if (microsPerSecond > Credits.MAX_MICROS / MOST_HOLDS) {
            throw new IllegalArgumentException("drawdown.rates." + rate.kind() + " is above "
                    + Credits.ofMicros(Credits.MAX_MICROS / MOST_HOLDS) + " credits per second");
        }
        return rate;
    }

    static Terms terms(SliceConfig slices) {
        if (slices.leastSlice().compareTo(slices.greatestSlice()) > 0) {
            throw new IllegalArgumentException("drawdown.least-slice is above drawdown.greatest-slice");
        }
        Terms standard = Terms.DEFAULT;
        return new Terms(
                slices.firstSlice(),
                slices.leastSlice(),
                slices.greatestSlice(),
                standard.grants(),
                standard.holds(),
                standard.ring(),
                standard.outbox());
    }
}
