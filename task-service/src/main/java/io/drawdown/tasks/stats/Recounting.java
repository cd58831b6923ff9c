package io.drawdown.tasks.stats;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.InstanceCounters.Cut;
import io.drawdown.tasks.store.Recounted;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.store.TaskStore.CountedTask;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks themselves from time to time, page by page, for the counters miss what a process did not tell before it died, and
 * what it does not know because an answer was lost. One instance at a time does it.
 *
 * <p>It says beforehand when it will begin. At that time each process notes its sums, and stores them with its next renewal. What
 * was found, less the sums of that time, is what the sums are added to from then on. It is exact if no task changed while the tasks
 * were read; else it is wrong by what changed, and the next recount comes sooner. Counters of a process that ended do not change any
 * more: the result has them, so they count no longer, and their document goes.
 */
final class Recounting {

    private static final Logger LOG = Logger.getLogger(Recounting.class);

    static final Duration INTERVAL = Duration.ofMinutes(10);

    /** If the instance that recounts dies, another one begins then. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    static final int PAGE = 1_000;

    /** After a recount while which tasks changed. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** So much of the time at most is spent on recounts. */
    private static final int SHARE = 20;

    /** By then every process that lives has renewed its lease once more: it has read what was agreed, or stored its sums. */
    private static final Duration HEARD = Duration.ofSeconds(4);

    /** A process that was silent for so long has ended, or begins anew when it goes on. */
    private static final Duration ENDED = Duration.ofMinutes(5);

    private final TaskStore tasks;
    private final CounterStore counters;
    private final Time time;
    private final Scheduler scheduler;
    private boolean underWay;

    Recounting(TaskStore tasks, CounterStore counters, Time time, Scheduler scheduler) {
        this.tasks = tasks;
        this.counters = counters;
        this.time = time;
        this.scheduler = scheduler;
    }

    /** One recount under way. */
    private static final class Round {
        private final Instant cutAt;
        private final List<InstanceCounters> before;
        private final Sums found = new Sums();
        private Recounted claim;
        private String afterId = "";

        /**
         * @param cutAt when it begins
         * @param before the processes that there were then
         */
        Round(Recounted claim, Instant cutAt, List<InstanceCounters> before) {
            this.claim = claim;
            this.cutAt = cutAt;
            this.before = before;
        }
    }

    /** Begins a recount if one is due and no other instance was faster. */
    void ifDue(Recounted latest) {
        Instant now = time.now();
        if (underWay || latest.nextAt().isAfter(now)) {
            return;
        }
        underWay = true;
        Instant cutAt = now.plus(HEARD);
        recount(latest.claimed(cutAt, now.plus(CLAIM)), cutAt)
                .onTermination()
                .invoke(() -> underWay = false)
                .subscribe()
                .with(done -> {}, fault -> LOG.infof("Tasks not recounted, trying again later: fault=%s", fault));
    }

    private Uni<Void> recount(Recounted claim, Instant cutAt) {
        return counters.replace(claim)
                .chain(isOurs -> isOurs ? begin(claim, cutAt) : Uni.createFrom().voidItem());
    }

    private Uni<Void> begin(Recounted claim, Instant cutAt) {
        return pauseUntil(cutAt)
                .chain(() -> counters.all(Stats.MOST_PROCESSES))
                .chain(before -> count(new Round(claim, cutAt, before)));
    }

    private Uni<Void> count(Round round) {
        return Multi.createBy()
                .repeating()
                .uni(() -> page(round))
                .whilst(isMore -> isMore)
                .collect()
                .last()
                .chain(() -> settle(round));
    }

    private Uni<Void> pauseUntil(Instant then) {
        Duration left = Duration.between(time.now(), then);
        return scheduler.pause(left.isNegative() ? Duration.ZERO : left);
    }

    /** Answers whether there is more. */
    private Uni<Boolean> page(Round round) {
        return tasks.counted(round.afterId, PAGE).chain(page -> {
            page.stream().map(CountedTask::standing).forEach(round.found::add);
            if (page.size() < PAGE) {
                return Uni.createFrom().item(false);
            }
            round.afterId = page.getLast().id();
            return claimOn(round);
        });
    }

    private Uni<Boolean> claimOn(Round round) {
        Instant now = time.now();
        if (round.claim.nextAt().isAfter(now.plus(CLAIM.dividedBy(2)))) {
            return Uni.createFrom().item(true);
        }
        round.claim = round.claim.claimed(round.cutAt, now.plus(CLAIM));
        return counters.replace(round.claim).invoke(isOurs -> {
            if (!isOurs) {
                throw new Unavailable("another instance recounts");
            }
        });
    }

    private Uni<Void> settle(Round round) {
        Duration taken = Duration.between(round.cutAt, time.now());
        return scheduler
                .pause(HEARD)
                .chain(() -> counters.all(Stats.MOST_PROCESSES))
                .chain(after -> store(round, after, taken));
    }

    private Uni<Void> store(Round round, List<InstanceCounters> after, Duration taken) {
        Instant now = time.now();
        List<String> ended = new ArrayList<>();
        boolean isExact = true;
        for (InstanceCounters each : after) {
            @Nullable Cut cut = cutOf(each, round);
            isExact &= cut != null && cut.states().equals(each.states());
            if (each.at().plus(ENDED).isBefore(now)) {
                ended.add(each.id());
            } else if (cut != null) {
                round.found.take(cut.states(), cut.tenants());
            }
        }
        Recounted next = new Recounted(
                Recounted.ID,
                round.claim.rev() + 1,
                now.plus(isExact ? INTERVAL : pauseAfter(taken)),
                round.cutAt,
                round.cutAt,
                ended,
                round.found.states(true),
                round.found.tenants(true));
        LOG.debugf("Tasks recounted: exact=%s millis=%d ended=%d", isExact, taken.toMillis(), ended.size());
        return counters.replace(next)
                .chain(isStored ->
                        isStored ? counters.remove(ended) : Uni.createFrom().voidItem());
    }

    /**
     * The sums of a process when the recount began. One that has not noted them has died before, or heard too late: then they are
     * those that it had stored by then. Null: it began later.
     */
    private static @Nullable Cut cutOf(InstanceCounters after, Round round) {
        @Nullable Cut noted = after.cut();
        return noted != null && noted.at().equals(round.cutAt)
                ? noted
                : round.before.stream()
                        .filter(each -> each.id().equals(after.id()))
                        .findFirst()
                        .map(each -> new Cut(round.cutAt, each.states(), each.tenants()))
                        .orElse(null);
    }

    private static Duration pauseAfter(Duration taken) {
        Duration pause = taken.multipliedBy(SHARE);
        Duration atLeast = pause.compareTo(SOON) > 0 ? pause : SOON;
        return atLeast.compareTo(INTERVAL) > 0 ? INTERVAL : atLeast;
    }
}
