package io.drawdown.tasks.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Puts many small calls of the database into few large ones. The first goes at once; what arrives while it is under way is the
 * next group. So a group is as large as the load makes it, and a lone call waits for nobody. A group has at most one item of a
 * key, so that its answer says what became of that item. Belongs to the thread of the core.
 *
 * <p>While the database is away nobody waits for the patience of many calls: what waits behind a call that failed fails with it,
 * and then one call at a time tries whether the database is back, while all others fail at once.
 */
final class GroupedCalls<T, R> {

    /** One answer may be lost while the database is there. */
    private static final int MOST_UNKNOWN = 1;

    private final Function<List<T>, Uni<List<R>>> call;
    private final Function<T, String> key;
    private final ToIntFunction<T> bytes;
    private final GroupLimits limits;
    private final Deque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private int underWay;
    private int unknown;
    private boolean isAway;

    private record Waiting<T, R>(T item, UniEmitter<? super R> answer) {}

    /** @param call answers for each item, in the same order */
    GroupedCalls(
            Function<List<T>, Uni<List<R>>> call, Function<T, String> key, ToIntFunction<T> bytes, GroupLimits limits) {
        this.call = call;
        this.key = key;
        this.bytes = bytes;
        this.limits = limits;
    }

    /** Fails as the call of its group does, or with {@code Unavailable}. */
    Uni<R> add(T item) {
        return Uni.createFrom().emitter(answer -> {
            if (isAway()) {
                answer.fail(new Unavailable("the database is away"));
            } else {
                waiting.add(new Waiting<>(item, answer));
                send();
            }
        });
    }

    /** Whether the database was away at the latest call, and another one tries whether it is back. */
    boolean isAway() {
        return isAway && underWay > 0;
    }

    private void send() {
        while (underWay < limits.underWay() && !waiting.isEmpty()) {
            List<Waiting<T, R>> group = next();
            List<T> items = group.stream().map(Waiting::item).toList();
            underWay++;
            Uni.createFrom()
                    .deferred(() -> call.apply(items))
                    .subscribe()
                    .with(answers -> answered(group, answers), fault -> failed(group, fault));
        }
    }

    private List<Waiting<T, R>> next() {
        List<Waiting<T, R>> group = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        int size = 0;
        while (!waiting.isEmpty() && group.size() < limits.items()) {
            T item = waiting.element().item();
            size += bytes.applyAsInt(item);
            boolean isTooLarge = size > limits.bytes() && !group.isEmpty();
            if (isTooLarge || !keys.add(key.apply(item))) {
                break;
            }
            group.add(waiting.remove());
        }
        return group;
    }

    private void answered(List<Waiting<T, R>> group, List<R> answers) {
        underWay--;
        unknown = 0;
        isAway = false;
        for (int each = 0; each < group.size(); each++) {
            group.get(each).answer().complete(answers.get(each));
        }
        send();
    }

    private void failed(List<Waiting<T, R>> group, Throwable fault) {
        underWay--;
        unknown = fault instanceof OutcomeUnknown ? unknown + 1 : 0;
        isAway = fault instanceof Unavailable || unknown > MOST_UNKNOWN;
        List<Waiting<T, R>> behind = isAway ? List.copyOf(waiting) : List.of();
        if (isAway) {
            waiting.clear();
        }
        group.forEach(each -> each.answer().fail(fault));
        behind.forEach(each -> each.answer().fail(new Unavailable("the database is away", fault)));
        send();
    }
}
