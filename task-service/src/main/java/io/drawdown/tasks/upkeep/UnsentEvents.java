package io.drawdown.tasks.upkeep;

import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.store.TaskOutbox;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Publishes the events that their writer did not: it died, or it was too busy. The oldest go first, page after page, until none
 * is left that its writer may not be about to publish. The living instances share them, so that not each of them publishes all.
 * What one of them has neglected for a minute is sent by whoever has little to send.
 */
public final class UnsentEvents {

    /** What its writer publishes by itself. */
    static final Duration FRESH = Duration.ofSeconds(4);

    static final Duration NEGLECTED = Duration.ofMinutes(1);

    /** Tasks of one page. */
    static final int PAGE = 200;

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int MOST_PAGES = 50;

    /** With so many events to publish this instance looks for no more. */
    private static final int MOST_BACKLOG = 10_000;

    private static final int LITTLE = 1_000;
    private static final Instant FAR = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final TaskStore store;
    private final TaskOutbox outbox;
    private final Members members;
    private final Time time;
    private final PeriodicTask rounds;

    public UnsentEvents(TaskStore store, TaskOutbox outbox, Members members, Time time, Scheduler scheduler) {
        this.store = store;
        this.outbox = outbox;
        this.members = members;
        this.time = time;
        this.rounds = PeriodicTask.of("look for unsent events", scheduler, INTERVAL, this::round);
    }

    public void start() {
        rounds.startNow();
    }

    /** Nothing is published any more because of this. */
    public void stop() {
        rounds.stop();
    }

    /** A time in the future is of another clock, so its event is not fresh. */
    private Uni<Void> round() {
        Instant now = time.now();
        Instant neglected = outbox.backlog() < LITTLE ? now.minus(NEGLECTED) : Instant.EPOCH;
        return new Walk(now.minus(FRESH), neglected)
                .page(Instant.EPOCH, Set.of(), MOST_PAGES)
                .chain(() -> new Walk(FAR, Instant.EPOCH).page(now.plusMillis(1), Set.of(), MOST_PAGES));
    }

    /** One walk over the unsent events, page by page. */
    private final class Walk {

        private final Instant end;
        private final Instant neglected;

        /** @param neglected what is older is sent whoever else should do it */
        Walk(Instant end, Instant neglected) {
            this.end = end;
            this.neglected = neglected;
        }

        /** @param seen the tasks of that time that were seen; so many may have the same time that they fill pages */
        Uni<Void> page(Instant from, Set<String> seen, int pages) {
            if (pages == 0 || outbox.backlog() >= MOST_BACKLOG || !rounds.isRunning()) {
                return Uni.createFrom().voidItem();
            }
            int limit = PAGE + seen.size();
            return store.unsent(from, end, limit).chain(found -> {
                send(found.stream().filter(task -> !seen.contains(task.id())).toList());
                return found.size() < limit ? Uni.createFrom().voidItem() : next(found, pages - 1);
            });
        }

        private Uni<Void> next(List<TaskDocument> found, int pages) {
            Instant last = since(found.getLast());
            Set<String> seen = found.stream()
                    .filter(task -> since(task).equals(last))
                    .map(TaskDocument::id)
                    .collect(Collectors.toUnmodifiableSet());
            return page(last, seen, pages);
        }

        private void send(List<TaskDocument> found) {
            if (rounds.isRunning()) {
                found.stream()
                        .filter(task -> members.isMine(task.id()) || since(task).isBefore(neglected))
                        .forEach(outbox::send);
            }
        }
    }

    private static Instant since(TaskDocument unsent) {
        return Objects.requireNonNull(unsent.outbox().pending());
    }
}
