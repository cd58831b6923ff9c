package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.GuardedOwner;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import java.time.Instant;

/**
 * Where an item has the charge that is moved. Once the item has begun another life, that charge is over: it was cancelled, or there
 * would be no other life.
 */
final class ItemCharge implements GuardedOwner.Lens<ItemDocument> {

    private final Charge moved;

    ItemCharge(Charge moved) {
        this.moved = moved;
    }

    @Override
    public Charge chargeOf(ItemDocument item) {
        Charge charge = item.charge();
        return charge != null && charge.id().equals(moved.id())
                ? charge.under(Math.max(charge.fence(), item.fence()))
                : new Charge(
                        moved.id(),
                        moved.terms(),
                        moved.wish(),
                        moved.fence(),
                        new ChargeState.Cancelled(item.life().queuedAt()));
    }

    @Override
    public ItemDocument with(ItemDocument item, Charge next, Instant now) {
        return ItemRules.charged(item, next, now).under(next.fence());
    }
}
