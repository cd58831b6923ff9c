package io.drawdown.simulator.world;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one process to one other party. Each call has a latency and a {@link CallFault}: the next one that
 * was ordered, or a lost call while the link is down.
 */
public final class Link {

    private static final long MILLI = 1_000_000;
    private static final int MOST_ORDERED = 8;

    /** The longest delay of a slow call or a slow answer. */
    private static final long MOST_SLOW = 3_000 * MILLI;

    private static final Set<CallFault> WRITE = EnumSet.complementOf(EnumSet.of(CallFault.STALE));
    private static final Set<CallFault> OLD_READ =
            EnumSet.complementOf(EnumSet.of(CallFault.LOST_RACE, CallFault.ROLLED_BACK));
    private static final Set<CallFault> READ =
            EnumSet.complementOf(EnumSet.of(CallFault.LOST_RACE, CallFault.ROLLED_BACK, CallFault.STALE));

    private final String name;
    private final Process caller;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final Monitor monitor;
    private final Deque<CallFault> ordered = new ArrayDeque<>();
    private boolean down;
    private boolean slow;
    private long clearNanos;
    private long lastFailedNanos = -1;
    private long lateNanos;

    /** Counts the faults of calls. */
    public interface Monitor {
        void met(Link link, CallFault callFault);
    }

    /** The other end: serves a request that arrives, at once or later. */
    public interface Service<T> {
        void serve(CallFault callFault, Answer<T> answer);
    }

    /** Takes the answer to a call. */
    public interface Answer<T> {
        void complete(@Nullable T item);

        void fail(Throwable fault);
    }

    public Link(String name, Process caller, Timeline timeline, SplittableRandom random, Monitor monitor) {
        this.name = name;
        this.caller = caller;
        this.timeline = timeline;
        this.random = random;
        this.monitor = monitor;
    }

    public String name() {
        return name;
    }

    public Process caller() {
        return caller;
    }

    /** The true virtual time. */
    public long nanos() {
        return timeline.nanos();
    }

    /** When the latest failure of a call occurred; negative if no call has failed. */
    public long lastFailedNanos() {
        return lastFailedNanos;
    }

    /** The next call of a suitable kind gets this fault. */
    public void order(CallFault callFault) {
        if (ordered.size() < MOST_ORDERED) {
            ordered.add(callFault);
        }
    }

    /** The next write arrives so long after its caller has given up. */
    public void orderLate(long nanos) {
        lateNanos = nanos;
        ordered.addFirst(CallFault.LATE);
    }

    public void down(boolean isDown) {
        down = isDown;
        clearFrom(0);
    }

    /** Every answer takes long, until it is no longer slow. */
    public void slow(boolean isSlow) {
        slow = isSlow;
    }

    public boolean isDown() {
        return down;
    }

    /** Since when the link has had no fault and no call waits for a lost answer; the present while it has one. */
    public long clearSince() {
        return down ? timeline.nanos() : clearNanos;
    }

    private void clearFrom(long delay) {
        clearNanos = Math.max(clearNanos, timeline.nanos() + delay);
    }

    /** Removes all faults. */
    public void heal() {
        down = false;
        slow = false;
        ordered.clear();
    }

    /** A call that changes nothing: if it fails, it had no effect. */
    public <T> Uni<T> read(Supplier<T> effect) {
        return call(READ, (callFault, answer) -> answer.complete(effect.get()), Unavailable::new);
    }

    /** A call that changes nothing and whose answer may be old. */
    public <T> Uni<T> read(Function<CallFault, T> effect) {
        return call(OLD_READ, (callFault, answer) -> answer.complete(effect.apply(callFault)), Unavailable::new);
    }

    /** A call that may have taken effect when no answer comes. */
    public <T> Uni<T> write(Service<T> service) {
        return call(WRITE, service, OutcomeUnknown::new);
    }

    private <T> Uni<T> call(Set<CallFault> possible, Service<T> service, Function<String, Throwable> fault) {
        return Uni.createFrom().emitter(emitter -> {
            CallFault callFault = nextFault(possible);
            Reply<T> back = new Reply<>(emitter::complete, emitter::fail);
            if (callFault != CallFault.NONE) {
                monitor.met(this, callFault);
                clearFrom(MOST_SLOW);
            }
            switch (callFault) {
                case NONE, ROLLED_BACK, STALE, LOST_RACE -> arrive(latency(), service, callFault, back);
                case SLOW -> arrive(500 * MILLI + random.nextLong(2_000 * MILLI), service, callFault, back);
                case REFUSED -> later(latency(), () -> back.fail(new Unavailable(name + " is away")));
                case REQUEST_LOST -> giveUp(back, fault);
                case ANSWER_LOST -> {
                    giveUp(back, fault);
                    arrive(latency(), service, callFault, new Reply<>(item -> {}, lost -> {}));
                }
                case LATE -> {
                    long patience = giveUp(back, fault);
                    long delay = patience + (lateNanos > 0 ? lateNanos : random.nextLong(4_000 * MILLI));
                    lateNanos = 0;
                    arrive(delay, service, callFault, new Reply<>(item -> {}, lost -> {}));
                }
                case SLOW_ANSWER -> arrive(latency(), service, callFault, back.slower());
                case TWICE -> {
                    arrive(latency(), service, callFault, back);
                    long later = 20 * MILLI + random.nextLong(6_000 * MILLI);
                    arrive(later, service, callFault, new Reply<>(item -> {}, lost -> {}));
                }
            }
        });
    }

    /** The first ordered fault that is possible for this call; the others wait for a suitable call. */
    private CallFault nextFault(Set<CallFault> possible) {
        if (down) {
            return random.nextInt(4) == 0 ? CallFault.REQUEST_LOST : CallFault.REFUSED;
        }
        for (CallFault callFault : ordered) {
            if (possible.contains(callFault)) {
                ordered.removeFirstOccurrence(callFault);
                return callFault;
            }
        }
        return slow ? CallFault.SLOW_ANSWER : CallFault.NONE;
    }

    private <T> void arrive(long delay, Service<T> service, CallFault callFault, Reply<T> back) {
        timeline.after(delay, () -> service.serve(callFault, back));
    }

    private <T> long giveUp(Reply<T> back, Function<String, Throwable> fault) {
        long patience = 200 * MILLI + random.nextLong(random.nextInt(4) == 0 ? 12_000 * MILLI : 1_500 * MILLI);
        clearFrom(patience);
        later(patience, () -> back.fail(fault.apply("no answer from " + name)));
        return patience;
    }

    private void later(long delay, Runnable action) {
        timeline.after(delay, action);
    }

    private long latency() {
        return (random.nextInt(8) == 0
                ? 2 * MILLI + random.nextLong(40 * MILLI)
                : 100_000 + random.nextLong(2 * MILLI));
    }

    /** The way back to the caller, which gets the answer on its own thread if it still lives. */
    private final class Reply<T> implements Answer<T> {
        private final Consumer<T> item;
        private final Consumer<Throwable> fault;
        private long delay;

        Reply(Consumer<T> item, Consumer<Throwable> fault) {
            this.item = item;
            this.fault = fault;
        }

        Reply<T> slower() {
            delay = 300 * MILLI + random.nextLong(2_500 * MILLI);
            return this;
        }

        @Override
        public void complete(@Nullable T answer) {
            later(delay + latency(), () -> caller.run(() -> item.accept(answer)));
        }

        @Override
        public void fail(Throwable lost) {
            lastFailedNanos = timeline.nanos();
            later(0, () -> caller.run(() -> fault.accept(lost)));
        }
    }
}
