package io.drawdown.billing.run.engine;

import io.drawdown.billing.batch.Schedule;
import io.drawdown.billing.run.CronTimes;
import io.drawdown.billing.run.ProcessDocument;
import io.drawdown.billing.run.RunOrder;
import io.drawdown.kit.time.ResettableTimer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What is due by schedule and does not run yet. Every instance hears of every time; a process that was served since then is not
 * due any more, so it runs once. What is due at the same time runs in one run.
 */
public final class Dues {

    private static final Logger LOG = Logger.getLogger(Dues.class);
    private static final Duration GATHER = Duration.ofMillis(250);

    private final Runs runs;
    private final RunWrites writes;
    private final RunTools tools;
    private final Map<String, Schedule.Cron> schedules;
    private final ResettableTimer gathering;
    private final Map<String, Instant> due = new HashMap<>();

    /** @param schedules of the processes that have one, by their names */
    public Dues(Runs runs, RunWrites writes, RunTools tools, Map<String, Schedule.Cron> schedules) {
        this.runs = runs;
        this.writes = writes;
        this.tools = tools;
        this.schedules = Map.copyOf(schedules);
        this.gathering = new ResettableTimer(tools.scheduler());
    }

    /** The time of a process has come. */
    public void fired(String process, Instant slot) {
        due.merge(process, slot, (one, other) -> one.isAfter(other) ? one : other);
        if (!gathering.isSet()) {
            gathering.set(GATHER, this::begin);
        }
    }

    /** What was missed while no instance was up, of the processes that want it done once. */
    public Uni<Void> lookForMissed() {
        Instant now = tools.time().now();
        return writes.processes(schedules.keySet())
                .invoke(found -> found.forEach(process -> findMissed(process, now)))
                .replaceWithVoid();
    }

    private void findMissed(ProcessDocument process, Instant now) {
        Schedule.Cron schedule = schedules.get(process.id());
        if (schedule != null && schedule.missed() == Schedule.Missed.ONCE && process.servedAt() != null) {
            new CronTimes(schedule)
                    .upTo(now)
                    .filter(slot -> slot.isAfter(process.servedAt()))
                    .ifPresent(slot -> fired(process.id(), slot));
        }
    }

    private void begin() {
        attempt().subscribe().with(done -> {}, fault -> LOG.warnf("Due processes not begun yet: fault=%s", fault));
    }

    /** Begins a run of what is due. While another is under way it waits, or is left out. */
    Uni<Void> attempt() {
        Map<String, Instant> wanted = Map.copyOf(due);
        return wanted.isEmpty()
                ? Uni.createFrom().voidItem()
                : writes.processes(wanted.keySet()).chain(found -> begin(wanted, found));
    }

    private Uni<Void> begin(Map<String, Instant> wanted, List<ProcessDocument> found) {
        found.stream().filter(process -> !isDue(process, wanted)).forEach(process -> forget(process.id(), wanted));
        List<String> names = found.stream()
                .filter(process -> isDue(process, wanted))
                .map(ProcessDocument::id)
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant slot = Collections.max(names.stream().map(wanted::get).toList());
        long budgetMillis = tools.settings().budget().toMillis();
        return runs.begin(RunOrder.scheduled(slot, names, budgetMillis))
                .invoke(begun -> begun(begun, Set.copyOf(names), wanted))
                .replaceWithVoid();
    }

    /** One that is paused is not: each of its times would be an empty run. */
    private static boolean isDue(ProcessDocument process, Map<String, Instant> wanted) {
        Instant slot = wanted.get(process.id());
        return slot != null
                && !process.isPaused()
                && (process.servedAt() == null || process.servedAt().isBefore(slot));
    }

    private void begun(Begun begun, Set<String> names, Map<String, Instant> wanted) {
        switch (begun) {
            case Begun.Here here -> names.forEach(name -> forget(name, wanted));
            case Begun.AlreadyRunning other ->
                names.stream().filter(this::skipsMissed).forEach(name -> forget(name, wanted));
        }
    }

    private boolean skipsMissed(String process) {
        Schedule.Cron schedule = schedules.get(process);
        return schedule == null || schedule.missed() == Schedule.Missed.SKIP;
    }

    /** Unless a later time has come meanwhile. */
    private void forget(String process, Map<String, Instant> wanted) {
        due.remove(process, wanted.get(process));
    }
}
