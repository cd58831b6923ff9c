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
 * <p>The work is {@code drain:<items>:<rounds>:<warm-up millis>:<millis of a payment call>}: of each round after the warm-up, {@code
 * items.<millis of a payment call>}, which were charged and published per second.
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
        int items = Integer.parseInt(work[1]);
        int rounds = Integer.parseInt(work[2]);
        long warmBy =
                System.nanoTime() + Duration.ofMillis(Long.parseLong(work[3])).toNanos();
        Duration takes = Duration.ofMillis(Long.parseLong(work[4]));
        try (ChargedQueue queue = ChargedQueue.open(place, takes)) {
            do {
                drain(queue, items);
            } while (System.nanoTime() < warmBy);
            for (int round = 0; round < rounds; round++) {
                figure("items." + takes.toMillis(), items / drain(queue, items));
            }
        }
    }

    private static double drain(ChargedQueue queue, int items) {
        queue.fill(items);
        long begun = System.nanoTime();
        queue.drain(items);
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void figure(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "figure %s %.3f", name, value));
    }
}
