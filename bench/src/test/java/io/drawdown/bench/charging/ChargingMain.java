package io.drawdown.bench.charging;

import io.drawdown.bench.contenders.Database;
import io.drawdown.bench.contenders.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The queue of billing-batch in one process: {@code ChargingMain <name> <folder> <mongo> <kafka> <topic prefix> <work>…}. It prints
 * {@code figure <name> <value>} for each number that it measures, and nothing else that begins so.
 *
 * <p>The work is
 *
 * <ul>
 *   <li>{@code drain:<items>:<rounds>:<warm-up millis>:<millis of a payment call>}: of each round after the warm-up, {@code
 *       items.<millis of a payment call>}, which were charged and published per second
 *   <li>{@code memory:<items>:<millis>:<millis of a payment call>}: {@code memory.<items>}, the MiB that a run of at most that time
 *       keeps in memory at most, while so many items are queued
 * </ul>
 */
public final class ChargingMain {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private ChargingMain() {}

    public static void main(String[] args) {
        ROOT_LOG.setLevel(Level.SEVERE);
        Place place = new Place(Path.of(args[1]), args[2], "bench-" + args[0], args[3], args[4]);
        for (String work : Arrays.asList(args).subList(5, args.length)) {
            measure(place, work.split(":", -1));
        }
        Database.drop(place); // its documents would only fill the memory of what is measured next
        System.exit(0);
    }

    private static void measure(Place place, String[] work) {
        switch (work[0]) {
            case "drain" ->
                drain(place, Integer.parseInt(work[1]), Integer.parseInt(work[2]), millis(work[3]), millis(work[4]));
            case "memory" -> memory(place, Integer.parseInt(work[1]), millis(work[2]), millis(work[3]));
            default -> throw new IllegalArgumentException("unknown work: " + work[0]);
        }
    }

    private static Duration millis(String count) {
        return Duration.ofMillis(Long.parseLong(count));
    }

    private static void drain(Place place, int items, int rounds, Duration warmUp, Duration takes) {
        long warmBy = System.nanoTime() + warmUp.toNanos();
        try (ChargedQueue queue = ChargedQueue.open(place, takes)) {
            do {
                queue.drain(items);
            } while (System.nanoTime() < warmBy);
            for (int round = 0; round < rounds; round++) {
                figure("items." + takes.toMillis(), items / queue.drain(items));
            }
        }
    }

    private static void memory(Place place, int items, Duration lasts, Duration takes) {
        try (ChargedQueue queue = ChargedQueue.open(place, takes)) {
            figure("memory." + items, queue.memory(items, lasts));
        }
    }

    private static void figure(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "figure %s %.3f", name, value));
    }
}
