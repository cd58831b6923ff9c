package io.drawdown.simulator.purchasing;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Time;
import io.drawdown.simulator.stripe.Surroundings;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One clock, one source of randomness, and what is on its way: requests that will have their effect, answers that will be heard. Any
 * of them may be next. A request has its effect within its longest flight, or never; an answer may be heard much later. A process
 * that stands still hears nothing, while what it has sent arrives and the others go on.
 */
final class Chaos implements Time, Surroundings {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration STORE = Duration.ofMinutes(5);

    final SplittableRandom random;
    private final List<Flight> flights = new ArrayList<>();
    private long millis;
    boolean isCalm;

    @Nullable
    String finding;

    Chaos(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A process that may die; what it waits for is not heard by its next life. */
    static final class Process {
        int life;
        boolean isBusy;
        boolean standsStill;
    }

    private record Flight(@Nullable Process process, int life, long until, boolean isRequest, Runnable arrive) {

        boolean isWanted() {
            return process == null || process.life == life;
        }

        boolean mayArrive() {
            return isRequest || process == null || !process.standsStill;
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

    /** Nobody reads the story. */
    @Override
    public void tell(String what, Object about) {}

    @Override
    public boolean chance(int percent) {
        return !isCalm && random.nextInt(100) < percent;
    }

    @Override
    public void find(String what) {
        if (finding == null) {
            finding = what;
        }
    }

    boolean isIdle() {
        for (Flight flight : flights) {
            if (flight.mayArrive()) {
                return false;
            }
        }
        return true;
    }

    /** A store's call: it may fail, with or without its effect. */
    <T> Uni<T> store(Process process, boolean isWrite, Supplier<T> effect) {
        return Uni.createFrom()
                .emitter(emitter -> send(process, STORE, () -> {
                    if (chance(2)) {
                        answer(process, () -> emitter.fail(new Unavailable("away")));
                    } else if (isWrite && chance(3)) {
                        if (random.nextBoolean()) {
                            var unused = effect.get();
                        }
                        answer(process, () -> emitter.fail(new OutcomeUnknown("lost")));
                    } else {
                        T item = effect.get();
                        answer(process, () -> emitter.complete(item));
                    }
                }));
    }

    /** A call to somebody else, which may be lost before or after its effect, or have it when nobody waits any more. */
    <T> Uni<T> call(Process process, Duration longest, Supplier<T> effect, T unknown) {
        return Uni.createFrom()
                .emitter(emitter -> send(process, longest, () -> {
                    T heard = unknown;
                    switch (isCalm ? 9 : random.nextInt(24)) {
                        case 0 -> {}
                        case 1, 2 -> {
                            var unused = effect.get();
                        }
                        case 3 -> send(null, Duration.ZERO, () -> late(effect));
                        default -> heard = effect.get();
                    }
                    T answer = heard;
                    answer(process, () -> emitter.complete(answer));
                }));
    }

    private static <T> void late(Supplier<T> effect) {
        var unused = effect.get();
    }

    void send(@Nullable Process process, Duration longest, Runnable arrive) {
        flights.add(new Flight(process, process == null ? 0 : process.life, millis + longest.toMillis(), true, arrive));
    }

    void answer(Process process, Runnable hear) {
        flights.add(new Flight(process, process.life, Long.MAX_VALUE, false, hear));
    }

    void step() {
        int all = 0;
        for (Flight flight : flights) {
            all += flight.mayArrive() ? 1 : 0;
        }
        int left = isCalm ? 0 : random.nextInt(all);
        int place = 0;
        while (!flights.get(place).mayArrive() || left-- > 0) {
            place++;
        }
        arrive(flights.remove(place));
    }

    private static void arrive(Flight flight) {
        if (flight.isRequest() || flight.isWanted()) {
            flight.arrive().run();
        }
    }

    /** What it sent is there, or was never sent; what it would hear, nobody hears. */
    void die(Process process) {
        for (Flight flight : List.copyOf(flights)) {
            if (flight.process() == process && (!flight.isRequest() || random.nextBoolean())) {
                flights.remove(flight);
            }
        }
        process.life++;
        process.isBusy = false;
        process.standsStill = false;
    }

    /** The clock moves on; a request that can be no longer on its way is there by then. */
    void pass(Duration time) {
        long after = millis + time.toMillis();
        for (Flight flight : List.copyOf(flights)) {
            if (flight.isRequest() && flight.until() < after && flights.remove(flight)) {
                millis = Math.max(millis, flight.until());
                arrive(flight);
            }
        }
        millis = after;
    }

    void settle() {
        for (int i = 0; !isIdle(); i++) {
            if (i > 50_000) {
                find("it never rests");
                return;
            }
            step();
        }
    }
}
