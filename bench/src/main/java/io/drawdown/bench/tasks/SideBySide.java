package io.drawdown.bench.tasks;

import io.drawdown.bench.load.Pace;
import io.drawdown.bench.report.Figure.Wanted;
import io.drawdown.bench.report.Report;
import io.drawdown.bench.stack.Contenders;
import io.drawdown.bench.stack.Measured;
import io.drawdown.bench.tasks.TasksSuite.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Queues that do the same work one after the other. db-scheduler keeps no record of a task that is over; neither it nor JobRunr
 * publishes events.
 */
final class SideBySide {

    private static final String DRAIN = "No-op tasks drained from a backlog, 256 slots";
    private static final String SEND = "A task is sent in process, and is stored";
    private static final String PICK_UP = "From sending a task in process until its handler begins";

    private static final Duration HELD = Duration.ofMillis(15);
    private static final String OURS = "task-service";
    private static final String STORE = "store";
    private static final Map<String, String> TITLES = titles();

    private final Report report;
    private final Pace pace;
    private final Size size;
    private final Contenders contenders;
    private final Map<String, Measured> measured = new LinkedHashMap<>();

    SideBySide(Report report, Pace pace, Size size, Contenders contenders) {
        this.report = report;
        this.pace = pace;
        this.size = size;
        this.contenders = contenders;
    }

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put(OURS, "task-service, durable and events out");
        titles.put("db-scheduler", "db-scheduler 16, rows are deleted, no events");
        titles.put("jobrunr", "JobRunr 8, rows are kept, no events");
        titles.put(STORE, "bare store: claim, complete and trim in bulks");
        return titles;
    }

    void run() {
        report.say("each queue is measured in a process of its own, one after the other");
        TITLES.keySet().forEach(queue -> measured.put(queue, contenders.run(queue, work(queue))));
        drains();
        size.rates().forEach(this::sends);
        pickUps();
    }

    private List<String> work(String queue) {
        List<String> work = new ArrayList<>();
        work.add("drain:" + size.drained() + ":" + pace.rounds() + ":"
                + size.warmUp().toMillis());
        int rates = queue.equals(OURS) || queue.equals(STORE) ? size.rates().size() : 1;
        size.rates().stream()
                .limit(rates)
                .forEach(rate -> work.add("send:" + rate + ":" + pace.measured().toMillis() + ":" + pace.rounds()));
        if (queue.equals(OURS)) {
            work.add("ladder:" + HELD.toMillis() + ":" + pace.measured().toMillis() / 2 + ":"
                    + size.ladder().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return work;
    }

    private Measured of(String queue) {
        return Objects.requireNonNull(measured.get(queue), queue);
    }

    private void drains() {
        report.begin(DRAIN);
        TITLES.forEach((queue, title) -> report.add(title, of(queue).median("drain"), "tasks/s", Wanted.MORE));
        double ours = of(OURS).median("drain");
        double peer = Math.max(of("db-scheduler").median("drain"), of("jobrunr").median("drain"));
        report.add("task-service against the better of the two queues", ours / peer, "ratio", Wanted.MORE);
        report.add("task-service against the bare store", ours / of(STORE).median("drain"), "ratio", Wanted.MORE);
    }

    private void sends(int rate) {
        report.begin(SEND + ", " + rate + " per second");
        String name = "stored." + rate;
        stored("task-service", of(OURS), name);
        stored("bare insert", of(STORE), name);
        report.add(
                "p99 against a bare insert",
                of(OURS).median(name + ".p99") / of(STORE).median(name + ".p99"),
                "ratio",
                Wanted.LESS);
    }

    private void stored(String title, Measured queue, String name) {
        report.latency(title, queue.latency(name));
        addIfAny(title + ", failed", queue.median(name + ".failed"), "operations");
        addIfAny(title + ", given up because too many were under way", queue.median(name + ".given-up"), "load");
    }

    private void addIfAny(String title, double count, String unit) {
        if (count > 0) {
            report.add(title, count, unit, Wanted.LESS);
        }
    }

    private void pickUps() {
        int rate = size.rates().getFirst();
        report.begin(PICK_UP);
        report.latency("task-service, " + rate + " per second", of(OURS).latency("started." + rate));
        report.latency(
                "db-scheduler, " + rate + " per second", of("db-scheduler").latency("started." + rate));
        report.latency("JobRunr, " + rate + " per second", of("jobrunr").latency("started." + rate));
        report.add(
                "task-service, highest rate with p99 ≤ " + HELD.toMillis() + " ms",
                of(OURS).median("held"),
                "tasks/s",
                Wanted.MORE);
    }
}
