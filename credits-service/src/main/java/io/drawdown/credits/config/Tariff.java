package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.decision.KindBounds;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What things cost. What is not in it has no price, and is refused.
 *
 * @param prices price of one unit, by meter
 * @param rates rate of metered work, by kind
 * @param sessionsPerAccount live sessions that one account may have, by kind; absent: no bound of its own
 * @param plans the kinds that accounts of a plan may start, by plan
 */
public record Tariff(
        Map<String, Credits> prices,
        Map<String, Rate> rates,
        Map<String, Integer> sessionsPerAccount,
        Map<String, Set<String>> plans) {

    public Tariff {
        prices = Map.copyOf(prices);
        rates = Map.copyOf(rates);
        sessionsPerAccount = Map.copyOf(sessionsPerAccount);
        plans = Map.copyOf(plans);
    }

    /** No kind has a bound of its own, and there are no plans. */
    public Tariff(Map<String, Credits> prices, Map<String, Rate> rates) {
        this(prices, rates, Map.of(), Map.of());
    }

    public Optional<Credits> price(String meter) {
        return Optional.ofNullable(prices.get(meter));
    }

    /** What bounds the starts of that kind. */
    public KindBounds bounds(String kind) {
        Set<String> including = plans.entrySet().stream()
                .filter(plan -> plan.getValue().contains(kind))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new KindBounds(sessionsPerAccount.getOrDefault(kind, Integer.MAX_VALUE), including);
    }

    public Optional<Rate> rate(String kind) {
        return Optional.ofNullable(rates.get(kind));
    }
}
