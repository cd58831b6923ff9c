package io.drawdown.bench.contenders;

import io.drawdown.bench.load.Bulk;
import io.drawdown.bench.load.Latencies;
import io.drawdown.bench.load.Load;
import io.drawdown.bench.load.OpenLoop;
import io.drawdown.bench.load.Operation;
import io.drawdown.bench.load.Pace;
import io.drawdown.bench.load.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One queue in a process of its own: {@code ContenderMain <queue> <folder> <mongo> <kafka> <topic prefix> <work>…}. It prints
 * {@code figure <name> <value>} for each number that it measures, and nothing else that begins so.
 *
 * <ul>
 *   <li>{@code drain:<tasks>:<rounds>:<warm-up millis>}: tasks per second, of each round after the warm-up
 *   <li>{@code send:<rate>:<millis>:<rounds>}: until a task is stored, and until its handler begins, in microseconds
 *   <li>{@code ladder:<p99 millis>:<millis>:<rates>}: the highest rate at which 99 of 100 handlers begin within that time
 * </ul>
 */
public final class ContenderMain {

    /** Kept in a field, because the garbage collector would remove an unreferenced logger with its level. */
    private static final Logger ROOT_LOG = Logger.getLogger("");

    private static final int TRIES = 2;
    private static final int WARM_UP_IN_FLIGHT = 16;
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final TaskQueue queue;
    private int warmedUpBy;
    private boolean isWarm;

    private ContenderMain(TaskQueue queue) {
        this.queue = queue;
    }

    public static void main(String[] args) throws Exception {
        ROOT_LOG.setLevel(Level.SEVERE);
        Place place = new Place(Path.of(args[1]), args[2], "bench-" + args[0], args[3], args[4]);
        try (TaskQueue queue = open(args[0], place)) {
            ContenderMain contender = new ContenderMain(queue);
            for (String work : Arrays.asList(args).subList(5, args.length)) {
                contender.measure(work.split(":", -1));
            }
        }
        Database.drop(place); // its documents would only fill the memory of the next one's database
        System.exit(0);
    }

    private static TaskQueue open(String name, Place place) throws Exception {
        return switch (name) {
            case "task-service" -> OwnQueue.open(place);
            case "store" -> BareStoreQueue.open(place);
            case "db-scheduler" -> DbSchedulerQueue.open(place.folder());
            case "jobrunr" -> JobRunrQueue.open(place.folder());
            default -> throw new IllegalArgumentException("no such queue: " + name);
        };
    }

    private void measure(String[] work) throws Exception {
        switch (work[0]) {
            case "drain" -> drain(Integer.parseInt(work[1]), Integer.parseInt(work[2]), Long.parseLong(work[3]));
            case "ladder" -> ladder(Duration.ofMillis(Long.parseLong(work[1])), Long.parseLong(work[2]), work[3]);
            case "send" -> send(Integer.parseInt(work[1]), Long.parseLong(work[2]), Integer.parseInt(work[3]));
            default -> throw new IllegalArgumentException("no such work: " + work[0]);
        }
    }

    /** The compiler makes each queue quicker with every round, so all warm up for the same time. */
    private void drain(int tasks, int rounds, long warmUpMillis) throws Exception {
        warmedUpBy = tasks / 2;
        long warmBy = System.nanoTime() + Duration.ofMillis(warmUpMillis).toNanos();
        do {
            drained(tasks);
        } while (System.nanoTime() < warmBy);
        for (int round = 0; round < rounds; round++) {
            figure("drain", drained(tasks));
        }
    }

    /** Tasks per second. */
    private double drained(int tasks) throws Exception {
        queue.fill(tasks);
        long begun = System.nanoTime();
        queue.drain();
        return tasks / ((System.nanoTime() - begun) / 1e9);
    }

    private void send(int perSecond, long millis, int rounds) throws Exception {
        warmUp();
        Latencies starts = new Latencies();
        AtomicLong sent = new AtomicLong();
        Load stored = Pace.of(Duration.ofMillis(millis), rounds).atRate(new Sending(queue, sent, starts), perSecond);
        if (queue.hasHandlers()) {
            Waiting.until(() -> starts.count() == sent.get());
        }
        percentiles("stored." + perSecond, stored.latency());
        figure("stored." + perSecond + ".failed", (double) stored.failed());
        figure("stored." + perSecond + ".given-up", stored.isSaturated() ? 1 : 0);
        percentiles("started." + perSecond, starts.percentiles());
    }

    /** Nothing of what was done before is left, and the compiler finds little to do. */
    private void warmUp() throws Exception {
        queue.open();
        if (!isWarm) {
            AtomicLong started = new AtomicLong();
            Bulk.run(warmedUpBy, WARM_UP_IN_FLIGHT, each -> warm(started));
            if (queue.hasHandlers()) {
                Waiting.until(() -> started.get() == warmedUpBy);
            }
            isWarm = true;
        }
        Pause.of(QUIET);
    }

    private CompletionStage<?> warm(AtomicLong started) {
        TaskQueue.Sent sent = queue.send();
        var unused = sent.started().thenRun(started::incrementAndGet);
        return sent.stored();
    }

    /** A rate is held if one of two tries holds it. */
    private void ladder(Duration p99, long millis, String rates) throws Exception {
        warmUp();
        int held = 0;
        for (String each : rates.split(",", -1)) {
            int rate = Integer.parseInt(each);
            if (!isHeld(rate, millis, p99)) {
                break;
            }
            held = rate;
        }
        figure("held", held);
    }

    private boolean isHeld(int rate, long millis, Duration p99) {
        for (int each = 0; each < TRIES; each++) {
            if (holds(rate, Duration.ofMillis(millis), p99)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(int rate, Duration measured, Duration p99) {
        return OpenLoop.run(() -> queue.send().started(), rate, measured.dividedBy(4), measured)
                .holds(p99);
    }

    /**
     * Sends a task, which is done when the task is stored. Its start counts from the moment at which it was due to be sent, as its
     * storing does.
     */
    private record Sending(TaskQueue queue, AtomicLong count, Latencies starts) implements Operation {

        @Override
        public CompletionStage<?> begin() {
            return begin(System.nanoTime());
        }

        @Override
        public CompletionStage<?> begin(long dueNanos) {
            count.incrementAndGet();
            TaskQueue.Sent sent = queue.send();
            var unused = sent.started().thenRun(() -> starts.addNanos(System.nanoTime() - dueNanos));
            return sent.stored();
        }
    }

    private static void percentiles(String name, Load.Latency latency) {
        figure(name + ".p50", (double) latency.p50Micros());
        figure(name + ".p95", (double) latency.p95Micros());
        figure(name + ".p99", (double) latency.p99Micros());
    }

    private static void figure(String name, double value) {
        System.out.println(String.format(Locale.ROOT, "figure %s %.3f", name, value));
    }
}
