package io.drawdown.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * How long and how often each load is measured. The result of several rounds is that of the median round, with the failures
 * of all rounds.
 *
 * @param warmUp before the first round; a later one has less, because what it measures has run already
 */
public record Pace(Duration warmUp, Duration measured, int rounds) {

    private static final int LESS_WARM_UP = 5;

    /** The warm-up is a third as long as a round. */
    public static Pace of(Duration measured, int rounds) {
        return new Pace(measured.dividedBy(3), measured, rounds);
    }

    /** The same with a single round. */
    public Pace once() {
        return new Pace(warmUp, measured, 1);
    }

    /** Operations at a constant rate. The median is that of the 99th percentiles. */
    public Load atRate(Operation operation, double perSecond) {
        return median(
                warm -> OpenLoop.run(operation, perSecond, warm, measured),
                Comparator.comparing(Load::isSaturated)
                        .thenComparing(load -> load.latency().p99Micros()));
    }

    /** So many operations under way. The median is that of the throughputs. */
    public Load inFlight(Operation operation, int inFlight) {
        return median(
                warm -> ClosedLoop.run(operation, inFlight, warm, measured),
                Comparator.comparing(Load::perSecond).reversed());
    }

    /** About how long so many loads take. */
    public Duration lasts(int loads) {
        Duration all = warmUp.plus(measured.multipliedBy(rounds))
                .plus(warmUp.multipliedBy(rounds - 1L).dividedBy(LESS_WARM_UP));
        return all.multipliedBy(loads);
    }

    /** Between two in the middle it is the worse one. */
    private Load median(Function<Duration, Load> load, Comparator<Load> bestFirst) {
        List<Load> met = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            met.add(load.apply(round == 0 ? warmUp : warmUp.dividedBy(LESS_WARM_UP)));
        }
        long failed = met.stream().mapToLong(Load::failed).sum();
        return met.stream().sorted(bestFirst).toList().get(rounds / 2).withFailed(failed);
    }
}
