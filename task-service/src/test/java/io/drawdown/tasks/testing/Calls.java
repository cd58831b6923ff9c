package io.drawdown.tasks.testing;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to a store in memory, and back. It counts the calls, and lets some of them fail.
 *
 * @param <K> the kinds of calls
 */
public final class Calls<K extends Enum<K>> {

    /** While true every call fails with {@code Unavailable}. */
    public boolean away;

    private final Executor wire;
    private final Map<K, Integer> counts = new HashMap<>();
    private final Map<K, Queue<Fault>> faults = new HashMap<>();

    /** How a call fails. */
    public enum Fault {
        /** It does not fail: a later one does. */
        NONE,
        /** Nothing happens, and the caller is told so. */
        UNAVAILABLE,
        /** Nothing happens, but the caller is told only that the outcome is unknown. */
        REQUEST_LOST,
        /** It happens, but the caller is told only that the outcome is unknown. */
        ANSWER_LOST
    }

    /** @param wire runs a call that was made, and brings its answer; {@code Runnable::run}: within the subscription */
    Calls(Executor wire) {
        this.wire = wire;
    }

    /** The next calls of this kind fail, one in each of these ways. */
    public final void failNext(K call, Fault first, Fault... others) {
        Queue<Fault> queue = faults.computeIfAbsent(call, absent -> new ArrayDeque<>());
        queue.add(first);
        queue.addAll(Arrays.asList(others));
    }

    /** So many calls of this kind were made, failed ones included. */
    public int count(K call) {
        return counts.getOrDefault(call, 0);
    }

    <T> Uni<T> answer(K call, Supplier<? extends T> effect) {
        return Uni.createFrom()
                .emitter(emitter -> wire.execute(() -> {
                    T item;
                    try {
                        item = perform(call, effect);
                    } catch (RuntimeException fault) {
                        emitter.fail(fault);
                        return;
                    }
                    emitter.complete(item);
                }));
    }

    private <T> T perform(K call, Supplier<? extends T> effect) {
        counts.merge(call, 1, Integer::sum);
        Fault fault = away ? Fault.UNAVAILABLE : nextFault(call);
        if (fault == Fault.UNAVAILABLE) {
            throw new Unavailable(call + " is away");
        }
        if (fault == Fault.REQUEST_LOST) {
            throw new OutcomeUnknown("the request of " + call + " was lost");
        }
        T item = effect.get();
        if (fault == Fault.ANSWER_LOST) {
            throw new OutcomeUnknown("the answer of " + call + " was lost");
        }
        return item;
    }

    private @Nullable Fault nextFault(K call) {
        Queue<Fault> queue = faults.get(call);
        return queue == null ? null : queue.poll();
    }
}
