package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import java.util.Map;
import java.util.Optional;

/**
 * What things cost. What is not in it has no price, and is refused.
 *
 * @param prices price of one unit, by meter
 * @param rates rate of metered work, by kind
 */
public record Tariff(Map<String, Credits> prices, Map<String, Rate> rates) {

    public Tariff {
        prices = Map.copyOf(prices);
        rates = Map.copyOf(rates);
    }

    public Optional<Credits> price(String meter) {
        return Optional.ofNullable(prices.get(meter));
    }

    public Optional<Rate> rate(String kind) {
        return Optional.ofNullable(rates.get(kind));
    }
}
