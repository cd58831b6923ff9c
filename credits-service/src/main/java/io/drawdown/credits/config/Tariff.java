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
 * @param sessionsPerAccount live sessions that one account may have, by kind; absent: no bound of its own
 */
public record Tariff(Map<String, Credits> prices, Map<String, Rate> rates, Map<String, Integer> sessionsPerAccount) {

    public Tariff {
        prices = Map.copyOf(prices);
        rates = Map.copyOf(rates);
        sessionsPerAccount = Map.copyOf(sessionsPerAccount);
    }

    /** No kind has a bound of its own. */
    public Tariff(Map<String, Credits> prices, Map<String, Rate> rates) {
        this(prices, rates, Map.of());
    }

    public Optional<Credits> price(String meter) {
        return Optional.ofNullable(prices.get(meter));
    }

    /** Live sessions of that kind that an account may have. */
    public int sessionsPerAccount(String kind) {
        return sessionsPerAccount.getOrDefault(kind, Integer.MAX_VALUE);
    }

    public Optional<Rate> rate(String kind) {
        return Optional.ofNullable(rates.get(kind));
    }
}
