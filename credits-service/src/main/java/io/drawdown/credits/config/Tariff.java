package io.drawdown.credits.config;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Rate;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Stream.of;

/**
 * What things cost. What is not in it has no price, and is refused.
 *
 * @param prices price of one unit, by meter
 * @param rates rate of metered work, by kind
 */
public record Tariff(Map<String, Credits> prices, Map<String, Rate> rates) {

    public static final Tariff DEFAULT = new Tariff(
            Map.of("ai_search", Credits.of(10), "ai_recommendations", Credits.of(5)),
            of(
                            perSecond("live_dubbing", "1"),
                            perSecond("simplified_dubbing", "0.8"),
                            perSecond("smart_subs", "0.6"),
                            perSecond("live_nikud", "0.4"))
                    .collect(toMap(Rate::kind, identity())));

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

    private static Rate perSecond(String kind, String credits) {
        return new Rate(kind, Credits.of(new BigDecimal(credits)), 1_000);
    }
}
