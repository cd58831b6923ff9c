package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.FencedDocument;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Guarded writes in somebody's turn. A rule is applied only while the turn may write, to a document that no later run has written;
 * else the document is answered as it is.
 */
final class FencedWrites<D extends FencedDocument<D>> {

    private final GuardedWrites<D> guarded;

    FencedWrites(GuardedWrites<D> guarded) {
        this.guarded = guarded;
    }

    /** For a charge, which asks its turn itself. */
    GuardedWrites<D> guarded() {
        return guarded;
    }

    /** Empty if there is one with this id. */
    Uni<Optional<D>> insert(D document) {
        return guarded.insert(document);
    }

    Uni<D> change(D seen, Turn turn, GuardedWrites.Rule<D> rule) {
        return guarded.change(seen, (current, now) -> {
            D next = turn.isFenced(current.fence()) ? null : rule.apply(current, now);
            return next == null ? null : next.under(turn.fence());
        });
    }

    /**
     * What a call of that turn has brought, also once the turn is over: it cannot be undone, and is known now only. The rule must apply
     * to nothing but that call.
     */
    Uni<D> record(D seen, Turn turn, GuardedWrites.Rule<D> rule) {
        return guarded.change(seen, (current, now) -> {
            D next = rule.apply(current, now);
            return next == null ? null : next.under(turn.fence());
        });
    }

    /** For a request, which belongs to no turn of a run. */
    Uni<D> change(D seen, GuardedWrites.Rule<D> rule) {
        return guarded.change(seen, rule);
    }
}
