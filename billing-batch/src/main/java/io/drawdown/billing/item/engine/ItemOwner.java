package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.engine.ChargeOwner;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import java.util.Optional;

/** The document of an item as the owner of its charge. */
final class ItemOwner implements ChargeOwner {

    /** No document has it. */
    private static final long FORMER_LIFE = -1;

    private final ItemTools tools;
    private final Charge moved;
    private ItemDocument seen;

    /** @param item has a charge */
    ItemOwner(ItemTools tools, ItemDocument item) {
        this.tools = tools;
        this.seen = item;
        this.moved = Objects.requireNonNull(item.charge());
    }

    /** As it was last read or written. */
    ItemDocument item() {
        return seen;
    }

    @Override
    public Uni<Stored> read() {
        return tools.stores().items().get(seen.id()).map(found -> {
            seen = found.orElseThrow(() -> new IllegalStateException("gone: " + seen.id()));
            return stored();
        });
    }

    /** What was its charge cannot be written any more once the item has begun another life. */
    private Stored stored() {
        Charge charge = seen.charge();
        return charge != null && charge.id().equals(moved.id())
                ? new Stored(charge, seen.rev())
                : new Stored(moved, FORMER_LIFE);
    }

    @Override
    public Uni<Optional<Stored>> replace(Stored before, Charge next) {
        if (before.version() != seen.rev()) {
            return Uni.createFrom().item(Optional.empty());
        }
        ItemDocument read = seen;
        ItemDocument after = ItemRules.charged(read, next, tools.time().now())
                .written(tools.tokens().get());
        return tools.stores().items().replace(read, after).map(isStored -> isStored ? won(after) : Optional.empty());
    }

    private Optional<Stored> won(ItemDocument after) {
        seen = after;
        tools.outbox().offered(after);
        return Optional.of(stored());
    }
}
