package io.drawdown.billing.testing;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Guarded documents in memory, 1 ms away, with the guard of the real store; can be away, and can lose answers. */
public class MemoryGuarded<D extends GuardedDocument> implements GuardedStore<D> {

    public final Map<String, D> documents = new TreeMap<>();
    public boolean away;

    /** So many of the next writes happen, and nobody hears of it. */
    public int lostAnswers;

    /** It is away once the next write has happened and was answered. */
    public boolean awayOnceWritten;

    public int writes;

    private final ManualTime time;

    public MemoryGuarded(ManualTime time) {
        this.time = time;
    }

    @Override
    public Uni<Optional<D>> get(String id) {
        return answer(() -> Optional.ofNullable(documents.get(id)));
    }

    @Override
    public Uni<Boolean> insert(D document) {
        return written(() -> documents.putIfAbsent(document.id(), document) == null);
    }

    @Override
    public Uni<Boolean> replace(D before, D next) {
        return written(() -> {
            D there = documents.get(before.id());
            boolean isAsRead = there != null && there.rev() == before.rev();
            if (isAsRead) {
                documents.put(next.id(), next);
            }
            return isAsRead;
        });
    }

    private Uni<Boolean> written(Supplier<Boolean> write) {
        return answer(() -> {
            boolean isDone = write.get();
            writes++;
            away |= isDone && awayOnceWritten;
            awayOnceWritten &= !isDone;
            if (lostAnswers > 0) {
                lostAnswers--;
                throw new OutcomeUnknown("the answer was lost");
            }
            return isDone;
        });
    }

    protected <T> Uni<T> answer(Supplier<T> effect) {
        return time.answer(Duration.ofMillis(1), () -> {
            if (away) {
                throw new Unavailable("the store is away");
            }
            return effect.get();
        });
    }
}
