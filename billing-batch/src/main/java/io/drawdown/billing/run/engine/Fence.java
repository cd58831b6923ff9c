package io.drawdown.billing.run.engine;

import io.drawdown.billing.run.RunnerDocument;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a runner still has its run, asked by a write of the runner's document. A read would not do: the answer could be older than
 * a takeover. A write wins against it or loses to it.
 *
 * <p>Those who ask while a write is under way share the next one: it begins after all of them have asked.
 */
final class Fence {

    private final GuardedWrites<RunnerDocument> writes;
    private final long held;
    private List<UniEmitter<? super Boolean>> waiting = new ArrayList<>();
    private RunnerDocument seen;
    private boolean isAsking;

    /** @param won the document as the runner has written it */
    Fence(GuardedWrites<RunnerDocument> writes, RunnerDocument won) {
        this.writes = writes;
        this.seen = won;
        this.held = won.fence();
    }

    long held() {
        return held;
    }

    /** Fails with {@code Unavailable} or {@code OutcomeUnknown} if the store does not say. */
    Uni<Boolean> holds() {
        return Uni.createFrom().emitter(emitter -> {
            waiting.add(emitter);
            if (!isAsking) {
                ask();
            }
        });
    }

    /** Nothing runs any more, unless another has the run. */
    Uni<Void> release() {
        return writes.change(seen, (current, now) -> current.release(held)).replaceWithVoid();
    }

    private void ask() {
        isAsking = true;
        List<UniEmitter<? super Boolean>> asking = waiting;
        waiting = new ArrayList<>();
        writes.change(seen, (current, now) -> current.confirm(held))
                .subscribe()
                .with(found -> answer(asking, found), fault -> fail(asking, fault));
    }

    private void answer(List<UniEmitter<? super Boolean>> asking, RunnerDocument found) {
        seen = found;
        isAsking = false;
        askAgain();
        asking.forEach(each -> each.complete(found.isHeldBy(held)));
    }

    private void fail(List<UniEmitter<? super Boolean>> asking, Throwable fault) {
        isAsking = false;
        askAgain();
        asking.forEach(each -> each.fail(fault));
    }

    private void askAgain() {
        if (!waiting.isEmpty()) {
            ask();
        }
    }
}
