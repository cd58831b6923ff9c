package io.drawdown.bench.cycle;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import io.drawdown.bench.load.Pause;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.BenchStack;
import io.drawdown.bench.stack.HttpApi;
import io.drawdown.bench.stack.ProcessUsage;
import io.drawdown.bench.stack.TopicEvents;
import io.drawdown.contracts.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.Document;

/**
 * What a checkpoint cycle costs every process, end to end: heartbeats, usage, settlement, rows, events. The sessions of a
 * smaller step live on in the next one.
 */
public final class CycleSuite {

    private static final Duration CYCLE = Duration.ofSeconds(30);
    private static final int CYCLES = 2;
    private static final int OPENED_PER_SECOND = 150;
    private static final double MICROS = 1_000_000;

    private final BenchStack stack;
    private final Report report;
    private final MongoClient mongo;
    private final List<Integer> steps;

    /** @param steps how many sessions there are in each step, in ascending order */
    public CycleSuite(BenchStack stack, Report report, MongoClient mongo, List<Integer> steps) {
        this.stack = stack;
        this.report = report;
        this.mongo = mongo;
        this.steps = List.copyOf(steps);
    }

    /** About how long it takes. */
    public static Duration lasts(List<Integer> steps) {
        return CYCLE.multipliedBy((1L + steps.size()) * (1 + CYCLES)).plusSeconds(steps.getLast() / OPENED_PER_SECOND);
    }

    /**
     * Opens the sessions, and measures each step.
     *
     * @param run names accounts and sessions that no run had before
     */
    public void run(TopicEvents events, HttpApi gateway, HttpApi internal, String run) {
        SyntheticSessions sessions = new SyntheticSessions(gateway, internal, run);
        SettledEvents settled = new SettledEvents(sessions.accountPrefix());
        events.listen(settled);
        Pause.of(CYCLE); // What follows a start is no idling.
        Map<String, Double> idle = secondsPerCycle(CYCLES);
        Map<Integer, Map<String, Double>> used = new LinkedHashMap<>();
        try (Heartbeats unused = Heartbeats.of(stack, sessions)) {
            for (int step : steps) {
                report.begin(String.format(Locale.ROOT, "Checkpoint cycle of %,d sessions", step));
                sessions.growTo(step);
                Pause.of(CYCLE);
                used.put(step, step(idle, settled));
            }
        }
        growth(used);
    }

    private Map<String, Double> step(Map<String, Double> idle, SettledEvents settled) {
        Instant begunAt = Instant.now();
        long begun = System.nanoTime();
        Map<String, Double> used = secondsPerCycle(CYCLES);
        used.replaceAll((process, seconds) -> seconds - idle.getOrDefault(process, 0.0));
        used.forEach((process, seconds) ->
                report.add("processor time of " + process + " per cycle", seconds, "s", Wanted.LESS));
        double services = Stream.of(Service.values())
                .mapToDouble(service -> used.getOrDefault(service.serviceName(), 0.0))
                .sum();
        report.add(
                "the three services, share of one core",
                100 * services / CYCLE.toSeconds(),
                "% of a core",
                Wanted.LESS);
        SettledEvents.Seen seen = settled.between(begun, begun + CYCLE.toNanos());
        report.add("sessions that were settled in a cycle", (double) seen.accounts(), "sessions", Wanted.MORE);
        report.add(
                "between the first and the last event of a cycle",
                (seen.lastNanos() - seen.firstNanos()) / (double) TimeUnit.SECONDS.toNanos(1),
                "s",
                Wanted.NEITHER);
        report.add("from due until reported, at most", lag(begunAt), "ms", Wanted.LESS);
        return used;
    }

    /** The longest wait that the worker stored of the cycles that it began since then, and of the one before. */
    private double lag(Instant since) {
        FindIterable<Document> runs = mongo.getDatabase(stack.database(Service.CHECKPOINT_WORKER))
                .getCollection("runs")
                .find(Filters.gte("startedAt", Date.from(since.minus(CYCLE))));
        return StreamSupport.stream(runs.spliterator(), false)
                .mapToDouble(run -> run.get("lagMillis", Number.class).doubleValue())
                .max()
                .orElse(0);
    }

    private Map<String, Double> secondsPerCycle(int cycles) {
        Map<String, ProcessUsage> before = stack.usages();
        Pause.of(CYCLE.multipliedBy(cycles));
        Map<String, Double> seconds = new LinkedHashMap<>();
        stack.usages().forEach((process, now) -> {
            ProcessUsage then = before.get(process);
            if (then != null) {
                seconds.put(process, now.cpuSince(then).toMillis() / 1_000.0 / cycles);
            }
        });
        return seconds;
    }

    /** What one session more costs, from the smallest step to the largest. */
    private void growth(Map<Integer, Map<String, Double>> used) {
        int least = steps.getFirst();
        int most = steps.getLast();
        Map<String, Double> small = used.getOrDefault(least, Map.of());
        Map<String, Double> large = used.getOrDefault(most, Map.of());
        if (most == least) {
            return;
        }
        report.begin("Checkpoint cycle, growth for each session");
        large.forEach((process, seconds) -> report.add(
                process,
                (seconds - small.getOrDefault(process, 0.0)) * MICROS / (most - least),
                "µs per cycle",
                Wanted.LESS));
    }
}
