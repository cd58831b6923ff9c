package io.drawdown.billing.purchase.engine;

import io.drawdown.billing.purchase.Pack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How credits are sold.
 *
 * @param packs the cheapest first
 * @param customerPatience how long a customer may take to authenticate
 */
public record PurchaseSettings(List<Pack> packs, Duration customerPatience) {

    public PurchaseSettings {
        packs = List.copyOf(packs);
    }

    public Optional<Pack> pack(String name) {
        return packs.stream().filter(pack -> pack.name().equals(name)).findFirst();
    }
}
