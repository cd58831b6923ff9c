package io.drawdown.tasks.run;

import io.drawdown.kit.time.Scheduler;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Ready;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fills the free slots with waiting tasks: the types with free slots take turns, the lanes of a type by their shares, the
 * tenants of a lane one after the other. The suspects of a type wait apart, so that they hold up nobody. A lane that was
 * found empty is not asked again before a hint or the sweep. One round is under way at a time; what is asked for meanwhile is
 * one more round.
 */
public final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);

    /** Tenants that one round asks for, of one lane. */
    private static final int MOST_TENANTS = 16;

    /** After a round in which nothing was won. */
    private static final Duration LOST = Duration.ofMillis(100);

    /** Tasks that one round claims. */
    private static final int MOST_TASKS = 256;

    private final TaskStore store;
    private final ActiveRuns runs;
    private final Scheduler scheduler;
    private final Hints hints;
    private final Map<String, Queue> queues = new LinkedHashMap<>();
    private Set<String> paused = Set.of();
    private boolean knowsPaused;
    private boolean asked;
    private boolean underWay;
    private boolean stopped;
    private int turn;

    /** What is known of the tasks of one type that wait, or of its suspects. */
    private static final class Queue {
        final TaskType type;
        final boolean ofSuspects;
        final LaneTurns turns = new LaneTurns();
        final Set<Lane> maybe = EnumSet.noneOf(Lane.class);
        final Map<Lane, String> lastTenant = new EnumMap<>(Lane.class);

        Queue(TaskType type, boolean ofSuspects) {
            this.type = type;
            this.ofSuspects = ofSuspects;
        }

        String name() {
            return Ready.queue(type.name(), ofSuspects);
        }
    }

    /** @param hints tells others of tasks that there is no room for here */
    public Claims(TaskStore store, TaskTypes types, ActiveRuns runs, Scheduler scheduler, Hints hints) {
        this.store = store;
        this.runs = runs;
        this.hints = hints;
        this.scheduler = scheduler;
        types.handledHere().forEach(type -> {
            add(new Queue(type, false));
            add(new Queue(type, true));
        });
        runs.whenSlotFreed(this::ask);
    }

    private void add(Queue queue) {
        queues.put(queue.name(), queue);
    }

    /** That task waits, if it is ready. The others are told if there is no room for it here. */
    public void hint(TaskDocument task) {
        if (task.state() instanceof Pending pending && pending.ready() != null) {
            String queue = pending.ready().type();
            hint(queue, pending.ready().lane());
            if (!hasRoom(queue)) {
                hints.waiting(queue, pending.ready().lane());
            }
        }
    }

    /** A task may wait in that lane of the queue. */
    public void hint(String queue, Lane lane) {
        Queue known = queues.get(queue);
        if (known != null) {
            known.maybe.add(lane);
            ask();
        }
    }

    /** Any task may wait. */
    public void sweep() {
        queues.values().forEach(queue -> queue.maybe.addAll(EnumSet.allOf(Lane.class)));
        ask();
    }

    /** Nothing of these types is claimed, and everything of the others. */
    public void pause(Set<String> types) {
        paused = Set.copyOf(types);
        knowsPaused = true;
        ask();
    }

    /** Whether a new task of the type would overtake none that is known to wait. */
    public boolean mayStartAtOnce(String type) {
        Queue queue = queues.get(type);
        return queue != null && queue.maybe.isEmpty() && !underWay && !isPaused(type) && !stopped;
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
        Queue queue = next();
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
    private @Nullable Queue next() {
        List<Queue> all = List.copyOf(queues.values());
        for (int each = 1; each <= all.size(); each++) {
            Queue queue = all.get((turn + each) % all.size());
            if (!queue.maybe.isEmpty() && room(queue) > 0) {
                turn = (turn + each) % all.size();
                return queue;
            }
        }
        return null;
    }

    /** Nothing is claimed before it is known what is paused. */
    private boolean isPaused(String type) {
        return !knowsPaused || paused.contains(type);
    }

    private boolean hasRoom(String queue) {
        Queue known = queues.get(queue);
        return !stopped && known != null && room(known) > 0;
    }

    private int room(Queue queue) {
        if (isPaused(queue.type.name())) {
            return 0;
        }
        return Math.min(MOST_TASKS, queue.ofSuspects ? runs.freeForSuspects(queue.type) : runs.free(queue.type));
    }

    /** Claims what the lanes have for the free slots. A lane that may have more stays one that may. */
    private Uni<Integer> fill(Queue queue) {
        Map<Lane, Integer> shares = queue.turns.share(room(queue), queue.maybe);
        List<Uni<Found>> reads = new ArrayList<>();
        shares.forEach((lane, count) -> {
            queue.maybe.remove(lane);
            reads.add(find(queue, lane, count));
        });
        return Uni.join().all(reads).andFailFast().chain(found -> runs.claim(
                        found.stream().flatMap(each -> each.tasks().stream()).toList())
                .invoke(started -> again(queue, found, started)));
    }

    /** If others won all of it, they are given a moment. */
    private void again(Queue queue, List<Found> found, int started) {
        List<Lane> more = found.stream().filter(Found::isMore).map(Found::lane).toList();
        if (started > 0) {
            queue.maybe.addAll(more);
        } else if (!more.isEmpty()) {
            scheduler.after(LOST, () -> more.forEach(lane -> hint(queue.name(), lane)));
        }
    }

    /** What a lane has. */
    private record Found(Lane lane, List<TaskDocument> tasks, boolean isMore) {}

    private Uni<Found> find(Queue queue, Lane lane, int count) {
        String from = queue.lastTenant.getOrDefault(lane, "");
        return tenants(queue.name(), lane, from, Math.min(count, MOST_TENANTS)).chain(tenants -> {
            if (tenants.isEmpty()) {
                return Uni.createFrom().item(new Found(lane, List.of(), false));
            }
            queue.lastTenant.put(lane, tenants.getLast());
            int quantum = (count + tenants.size() - 1) / tenants.size();
            List<Uni<List<TaskDocument>>> reads = tenants.stream()
                    .map(tenant -> store.ready(queue.name(), lane, tenant, quantum))
                    .toList();
            return Uni.join().all(reads).andFailFast().map(lists -> found(lane, lists, count, quantum));
        });
    }

    private static Found found(Lane lane, List<List<TaskDocument>> ofTenants, int count, int quantum) {
        List<TaskDocument> tasks =
                ofTenants.stream().flatMap(List::stream).limit(count).toList();
        boolean isMore =
                ofTenants.size() == MOST_TENANTS || ofTenants.stream().anyMatch(each -> each.size() == quantum);
        return new Found(lane, tasks, isMore);
    }

    /** The tenants after that one, in turns, each once. */
    private Uni<List<String>> tenants(String queue, Lane lane, String after, int most) {
        return tenants(queue, lane, new Walk(after, after, false, most, new ArrayList<>()));
    }

    /** @param isWrapped whether the walk has passed the last tenant */
    private record Walk(String from, String after, boolean isWrapped, int most, List<String> found) {

        boolean isOver() {
            return found.size() >= most;
        }
    }

    private Uni<List<String>> tenants(String queue, Lane lane, Walk walk) {
        if (walk.isOver()) {
            return Uni.createFrom().item(walk.found());
        }
        return store.nextTenant(queue, lane, walk.after()).chain(next -> {
            boolean isEnd = next.isEmpty() || (walk.isWrapped() && next.get().compareTo(walk.from()) > 0);
            if (isEnd && (walk.isWrapped() || walk.from().isEmpty())) {
                return Uni.createFrom().item(walk.found());
            }
            if (isEnd) {
                return tenants(queue, lane, new Walk(walk.from(), "", true, walk.most(), walk.found()));
            }
            walk.found().add(next.get());
            return tenants(queue, lane, new Walk(walk.from(), next.get(), walk.isWrapped(), walk.most(), walk.found()));
        });
    }
}
