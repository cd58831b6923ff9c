package io.drawdown.credits.testing;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Gives each call of a port its latency and its fault: those that were ordered first, then those of chance. */
public final class Faults {

    private static final List<Fault> OF_CHANCE = List.of(
            Fault.UNAVAILABLE,
            Fault.UNKNOWN_DONE,
            Fault.UNKNOWN_NOT_DONE,
            Fault.UNKNOWN_LATER,
            Fault.UNKNOWN_PARTLY,
            Fault.LOST_RACE);

    private final ManualTime time;
    private final Deque<Fault> ordered = new ArrayDeque<>();
    private final Random random = new Random(1);
    private double chance;
    public boolean isAway;
    public Duration latency = Duration.ofMillis(2);

    public Faults(ManualTime time) {
        this.time = time;
    }

    /** The next calls meet these faults, one each. */
    public void next(Fault... faults) {
        ordered.addAll(List.of(faults));
    }

    /** From now on each call meets some fault with this probability. */
    public void byChance(double probability) {
        chance = probability;
    }

    Fault draw() {
        if (isAway) {
            return Fault.UNAVAILABLE;
        }
        if (!ordered.isEmpty()) {
            return ordered.remove();
        }
        return random.nextDouble() < chance ? OF_CHANCE.get(random.nextInt(OF_CHANCE.size())) : Fault.NONE;
    }

    boolean coin() {
        return random.nextBoolean();
    }

    <T> Uni<T> read(Supplier<T> effect) {
        return call(draw(), effect, effect);
    }

    /** @param lost what the caller hears if it lost the race */
    <T> Uni<T> write(Supplier<T> effect, Supplier<T> lost) {
        return Uni.createFrom().deferred(() -> call(draw(), effect, lost));
    }

    <T> Uni<T> call(Fault fault, Supplier<T> effect, Supplier<T> lost) {
        return switch (fault) {
            case NONE -> answer(effect);
            case LOST_RACE -> answer(lost);
            case UNAVAILABLE -> fail(new Unavailable("away"));
            case UNKNOWN_NOT_DONE -> fail(new OutcomeUnknown("answer lost"));
            case UNKNOWN_DONE, UNKNOWN_PARTLY ->
                answer(() -> {
                    throw new OutcomeUnknown("answer lost, which was " + effect.get());
                });
            case UNKNOWN_LATER -> {
                time.answer(latency.plusMillis(random.nextInt(200)), effect)
                        .subscribe()
                        .with(unheard -> {});
                yield fail(new OutcomeUnknown("time is up"));
            }
            case HANGS -> Uni.createFrom().nothing();
        };
    }

    private <T> Uni<T> answer(Supplier<T> effect) {
        return time.answer(latency.plusNanos(random.nextInt(1_000_000)), effect);
    }

    private <T> Uni<T> fail(RuntimeException fault) {
        return answer(() -> {
            throw fault;
        });
    }
}
