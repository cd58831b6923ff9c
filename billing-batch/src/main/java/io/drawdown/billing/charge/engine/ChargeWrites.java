package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.billing.charge.ChargeState;
import io.drawdown.billing.charge.engine.ChargeOwner.Stored;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** The guarded writes of one move, and the charge as it was last seen. */
final class ChargeWrites {

    private static final int MOST_RACES = 8;

    private final ChargeOwner owner;
    private final Turn turn;
    private @Nullable Stored seen;
    private int races;

    ChargeWrites(ChargeOwner owner, Turn turn) {
        this.owner = owner;
        this.turn = turn;
    }

    Charge charge() {
        return requireNonNull(seen).charge();
    }

    /** Reads it; answers whether this may go on with it. */
    Uni<Boolean> read() {
        return owner.read().map(stored -> {
            seen = stored;
            return !turn.isFenced(stored.charge().fence());
        });
    }

    /**
     * Stores what a call needs, or what needs no call. Goes on only if this write is what is stored; else the charge was read again.
     */
    Uni<Moved> write(Charge next, Supplier<Uni<Moved>> won, Supplier<Uni<Moved>> lost) {
        return replace(next).chain(isStored -> isStored ? won.get() : again(lost));
    }

    /** Stores the outcome of a call. Somebody may have written the document meanwhile; what matters is that the state is the same. */
    Uni<Moved> record(UnaryOperator<Charge> outcome, Supplier<Uni<Moved>> done) {
        ChargeState called = charge().state();
        Supplier<Uni<Moved>> retry = () -> charge().state().equals(called) ? record(outcome, done) : done.get();
        return write(outcome.apply(charge()), done, retry);
    }

    private Uni<Boolean> replace(Charge next) {
        Stored before = requireNonNull(seen);
        if (turn.isFenced(before.charge().fence())) {
            return Uni.createFrom().item(false);
        }
        return owner.replace(before, next.under(Math.max(turn.fence(), next.fence())))
                .map(stored -> keep(stored));
    }

    private boolean keep(Optional<Stored> stored) {
        stored.ifPresent(won -> seen = won);
        return stored.isPresent();
    }

    private Uni<Moved> again(Supplier<Uni<Moved>> lost) {
        return read().chain(isMine -> isMine && ++races <= MOST_RACES ? lost.get() : overtaken());
    }

    Uni<Moved> overtaken() {
        return Uni.createFrom().item(new Moved.Overtaken(charge()));
    }
}
