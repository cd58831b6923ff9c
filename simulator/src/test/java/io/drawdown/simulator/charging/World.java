package io.drawdown.simulator.charging;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Time;
import io.drawdown.simulator.stripe.Surroundings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One clock, one source of randomness, and what is on its way: requests that will have their effect, answers that will be heard.
 * Any of them may be next, so every interleaving of the runners is possible. A request has its effect within ten minutes, or
 * never; an answer may be heard much later, which is a process that stood still.
 */
final class World implements Time, Surroundings {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final long LONGEST_FLIGHT = Duration.ofMinutes(10).toMillis();

    final SplittableRandom random;
    private final List<Flight> flights = new ArrayList<>();
    private @Nullable Flight arriving;
    private long millis;
    boolean isCalm;

    @Nullable
    String finding;

    private final @Nullable StringBuilder story;

    /** @param story gets a line for each event; null: nobody reads it */
    World(long seed, @Nullable StringBuilder story) {
        this.story = story;
        random = new SplittableRandom(seed);
    }

    /**
     * Something on its way.
     *
     * @param runner who waits for it; null if nobody does
     * @param life of the runner when it was sent; a later life does not hear it
     * @param isRequest it still has to have its effect
     */
    private record Flight(@Nullable Runner runner, int life, long sentAt, boolean isRequest, Runnable arrive) {

        boolean isWanted() {
            return runner == null || runner.life == life;
        }
    }

    @Override
    public Instant now() {
        return START.plusMillis(millis);
    }

    @Override
    public long nanos() {
        return millis * 1_000_000;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public boolean chance(int percent) {
        return !isCalm && random.nextInt(100) < percent;
    }

    @Override
    public void tell(String what, Object about) {
        if (story != null) {
            story.append(now())
                    .append(' ')
                    .append(what)
                    .append(' ')
                    .append(about)
                    .append('\n');
        }
    }

    @Override
    public void find(String what) {
        if (finding == null) {
            finding = what;
        }
    }

    boolean isIdle() {
        return flights.isEmpty();
    }

    /** A store's call: it may fail, with or without its effect. */
    <T> Uni<T> store(Runner runner, boolean isWrite, Supplier<T> effect) {
        return Uni.createFrom()
                .emitter(emitter -> send(runner, () -> {
                    if (chance(2)) {
                        answer(runner, () -> emitter.fail(new Unavailable("away")));
                    } else if (isWrite && chance(3)) {
                        if (random.nextBoolean()) {
                            var unused = effect.get();
                        }
                        answer(runner, () -> emitter.fail(new OutcomeUnknown("lost")));
                    } else {
                        complete(runner, emitter, effect.get());
                    }
                }));
    }

    private <T> void complete(Runner runner, UniEmitter<? super T> emitter, T item) {
        answer(runner, () -> emitter.complete(item));
    }

    /** Something that will have its effect. */
    void send(@Nullable Runner runner, Runnable arrive) {
        flights.add(new Flight(runner, runner == null ? 0 : runner.life, millis, true, arrive));
    }

    /** Something that will be heard, unless its hearer dies. */
    void answer(Runner runner, Runnable hear) {
        Flight asked = arriving;
        int life = asked != null && asked.runner() == runner ? asked.life() : runner.life;
        flights.add(new Flight(runner, life, millis, false, hear));
    }

    /** The next thing, any of them. */
    void step() {
        arrive(flights.remove(isCalm ? 0 : random.nextInt(flights.size())));
    }

    private void arrive(Flight flight) {
        if (flight.isRequest() || flight.isWanted()) {
            arriving = flight;
            flight.arrive().run();
            arriving = null;
        }
    }

    /** What it sent is there, or was never sent; what it would hear, nobody hears. */
    void died(Runner runner) {
        for (Flight flight : List.copyOf(flights)) {
            if (flight.runner() == runner && (!flight.isRequest() || random.nextBoolean())) {
                flights.remove(flight);
            }
        }
    }

    /** The clock moves on; requests that were sent long before are there by then. */
    void pass(Duration time) {
        tell("time passes", time);
        millis += time.toMillis();
        for (int i = 0; i < flights.size(); i++) {
            Flight flight = flights.get(i);
            if (flight.isRequest() && flight.sentAt() + LONGEST_FLIGHT < millis) {
                flights.remove(i--);
                arriveIn(flight, time);
            }
        }
    }

    /** It has its effect at a time at which it could still have it. */
    private void arriveIn(Flight flight, Duration jump) {
        long after = millis;
        millis = Math.max(after - jump.toMillis(), flight.sentAt());
        arrive(flight);
        millis = after;
    }
}
