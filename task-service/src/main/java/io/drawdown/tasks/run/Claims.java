package io.drawdown.tasks.run;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Pending;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fills the free slots with waiting tasks: the queues with free slots take turns ({@link ReadyQueue}). The suspects of a type
 * wait apart, so that they hold up nobody. A lane that was found empty is not asked again before a hint or the sweep. One
 * round is under way at a time; what is asked for meanwhile is one more round.
 */
public final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    /** After a round in which nothing was won. */
    private static final Duration LOST = Duration.ofMillis(100);

    /** Tasks that one round claims. */
    private static final int MOST_TASKS = 256;

    private final TaskStore store;
    private final ActiveRuns runs;
    private final Scheduler scheduler;
    private final Hints hints;
    private final Map<String, ReadyQueue> queues = new LinkedHashMap<>();
    private Set<String> paused = Set.of();
    private boolean knowsPaused;
    private boolean asked;
    private boolean underWay;
    private boolean stopped;
    private int turn;
    private BiConsumer<String, Lane> elsewhere = (queue, lane) -> {};

    /** @param hints tells others of tasks that there is no room for here */
    public Claims(TaskStore store, TaskTypes types, ActiveRuns runs, Scheduler scheduler, Hints hints) {
        this.store = store;
        this.runs = runs;
        this.hints = hints;
        this.scheduler = scheduler;
        types.handledHere().forEach(type -> {
            add(new ReadyQueue(store, type, false));
            add(new ReadyQueue(store, type, true));
        });
        runs.whenSlotFreed(this::ask);
    }

    private void add(ReadyQueue queue) {
        queues.put(queue.name(), queue);
    }

    /** @param action hears of the queues whose tasks no handler of this instance runs */
    public void whenElsewhere(BiConsumer<String, Lane> action) {
        elsewhere = action;
    }

    /** That task waits, if it is ready. The others are told if there is no room for it here. */
    public void hint(TaskDocument task) {
        if (task.state() instanceof Pending pending && pending.ready() != null) {
            String queue = pending.ready().queue();
            hint(queue, pending.ready().lane());
            if (!hasRoom(queue)) {
                hints.waiting(queue, pending.ready().lane());
            }
        }
    }

    /** A task may wait in that lane of the queue. */
    public void hint(String queue, Lane lane) {
        ReadyQueue known = queues.get(queue);
        if (known == null) {
            elsewhere.accept(queue, lane);
        } else {
            known.hint(Set.of(lane));
            ask();
        }
    }

    /**
     * Any task may wait. The queues are asked only if one does: while they are asked, new tasks cannot start at once, and an idle
     * instance would ask for each lane of each type every second.
     */
    public void sweep() {
        store.isAnyReady()
                .subscribe()
                .with(this::swept, fault -> LOG.debugf("Nobody knows whether any task waits: fault=%s", fault));
    }

    private void swept(boolean isAnyReady) {
        if (isAnyReady) {
            queues.values().forEach(ReadyQueue::hintAll);
            ask();
        }
    }

    /** Nothing of these types is claimed, and everything of the others. */
    public void pause(Set<String> types) {
        paused = Set.copyOf(types);
        knowsPaused = true;
        ask();
    }

    /** Whether a new task of the type would overtake none that is known to wait. */
    public boolean mayStartAtOnce(String type) {
        ReadyQueue queue = queues.get(type);
        return queue != null && queue.isEmpty() && !underWay && !isPaused(type) && !stopped;
    }

    /** Claims nothing more. */
    public void stop() {
        stopped = true;
    }

    private void ask() {
        if (!asked && !stopped) {
            asked = true;
            scheduler.execute(this::round);
        }
    }

    private void round() {
        if (underWay || stopped) {
            return;
        }
        asked = false;
        ReadyQueue queue = next();
        if (queue != null) {
            underWay = true;
            fill(queue).subscribe().with(started -> over(), fault -> {
                LOG.debugf("Nothing claimed: queue=%s fault=%s", queue.name(), fault);
                over();
            });
        }
    }

    /** Each round leaves fewer lanes to ask, unless it started tasks. */
    private void over() {
        underWay = false;
        asked = false;
        ask();
    }

    /** The next queue, in turns, with tasks that may wait and slots for them. */
    private @Nullable ReadyQueue next() {
        List<ReadyQueue> all = List.copyOf(queues.values());
        for (int each = 1; each <= all.size(); each++) {
            ReadyQueue queue = all.get((turn + each) % all.size());
            if (!queue.isEmpty() && room(queue) > 0) {
                turn = (turn + each) % all.size();
                return queue;
            }
        }
        return null;
    }

    /** Nothing is claimed before it is known what is paused. */
    public boolean isPaused(String type) {
        return !knowsPaused || paused.contains(type);
    }

    private boolean hasRoom(String queue) {
        ReadyQueue known = queues.get(queue);
        return !stopped && known != null && room(known) > 0;
    }

    private int room(ReadyQueue queue) {
        if (isPaused(queue.type().name())) {
            return 0;
        }
        return Math.min(
                MOST_TASKS, queue.isOfSuspects() ? runs.freeForSuspects(queue.type()) : runs.free(queue.type()));
    }

    /** Claims what the lanes have for the free slots. A lane that may have more stays one that may. */
    private Uni<Integer> fill(ReadyQueue queue) {
        return queue.next(room(queue)).chain(found -> runs.claim(found.tasks()).map(claimed -> {
            queue.passOver(claimed.refused());
            again(queue, found.more(), claimed.started());
            return claimed.started();
        }));
    }

    /** If others won all of it, they are given a moment. */
    private void again(ReadyQueue queue, List<Lane> more, int started) {
        if (started > 0) {
            queue.hint(more);
        } else if (!more.isEmpty()) {
            scheduler.after(LOST, () -> more.forEach(lane -> hint(queue.name(), lane)));
        }
    }
}
