package io.drawdown.tasks.run;

import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Ready;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks of one type that wait, or its suspects, which wait apart: what is known of them, and whose turn it is. Its lanes
 * take turns by their shares, the tenants of a lane one after the other. A lane that was found empty is not asked again before
 * someone says that a task may wait there.
 */
public final class ReadyQueue {

    /** Tenants that one call asks for, of one lane. */
    private static final int MOST_TENANTS = 16;

    private static final int MOST_PASSED_OVER = 1_000;

    private final TaskStore store;
    private final TaskType type;
    private final boolean ofSuspects;
    private final LaneTurns turns = new LaneTurns();
    private final Set<Lane> maybe = EnumSet.noneOf(Lane.class);
    private final Map<Lane, String> lastTenant = new EnumMap<>(Lane.class);
    private final Map<String, TaskDocument> passedOver = new LinkedHashMap<>();

    public ReadyQueue(TaskStore store, TaskType type, boolean ofSuspects) {
        this.store = store;
        this.type = type;
        this.ofSuspects = ofSuspects;
    }

    public String name() {
        return Ready.queueOf(type.name(), ofSuspects);
    }

    public TaskType type() {
        return type;
    }

    public boolean isOfSuspects() {
        return ofSuspects;
    }

    /** A task may wait in these lanes. */
    public void hint(Collection<Lane> lanes) {
        maybe.addAll(lanes);
    }

    /** A task may wait in any lane, and one that was passed over may be claimed. */
    public void hintAll() {
        passedOver.clear();
        maybe.addAll(EnumSet.allOf(Lane.class));
    }

    /**
     * These could not be claimed, and perhaps they can not be for a while: another task of their order key runs. Until {@link
     * #hintAll} those behind them have their turn.
     */
    public void passOver(Collection<TaskDocument> refused) {
        refused.stream()
                .limit(Math.max(0, MOST_PASSED_OVER - passedOver.size()))
                .forEach(task -> passedOver.put(task.id(), task));
    }

    /** Whether no task is known that may wait. */
    public boolean isEmpty() {
        return maybe.isEmpty();
    }

    /**
     * What waits.
     *
     * @param tasks whose turn it is
     * @param more the lanes that may have more; they are not asked again before {@link #hint} names them
     */
    public record Found(List<TaskDocument> tasks, List<Lane> more) {}

    /** Finds up to so many tasks whose turn it is. */
    public Uni<Found> next(int count) {
        Map<Lane, Integer> shares = turns.share(count, maybe);
        if (shares.isEmpty()) {
            return Uni.createFrom().item(new Found(List.of(), List.of()));
        }
        List<Uni<OfLane>> reads = new ArrayList<>();
        shares.forEach((lane, share) -> {
            maybe.remove(lane);
            reads.add(find(lane, share));
        });
        return Uni.join().all(reads).andFailFast().map(ReadyQueue::found);
    }

    private static Found found(List<OfLane> lanes) {
        return new Found(
                lanes.stream().flatMap(each -> each.tasks().stream()).toList(),
                lanes.stream().filter(OfLane::isMore).map(OfLane::lane).toList());
    }

    /** What a lane has. */
    private record OfLane(Lane lane, List<TaskDocument> tasks, boolean isMore) {}

    private Uni<OfLane> find(Lane lane, int count) {
        String from = lastTenant.getOrDefault(lane, "");
        return tenants(lane, new Walk(from, from, false, Math.min(count, MOST_TENANTS), new ArrayList<>()))
                .chain(tenants -> {
                    if (tenants.isEmpty()) {
                        return Uni.createFrom().item(new OfLane(lane, List.of(), false));
                    }
                    lastTenant.put(lane, tenants.getLast());
                    int quantum = (count + tenants.size() - 1) / tenants.size();
                    List<Uni<List<TaskDocument>>> reads = tenants.stream()
                            .map(tenant -> ready(lane, tenant, quantum))
                            .toList();
                    return Uni.join().all(reads).andFailFast().map(lists -> ofLane(lane, lists, count, quantum));
                });
    }

    private Uni<List<TaskDocument>> ready(Lane lane, String tenant, int quantum) {
        long passed = passedOver.values().stream()
                .filter(task ->
                        task.spec().lane() == lane && task.spec().tenant().equals(tenant))
                .count();
        return store.ready(name(), lane, tenant, quantum + (int) passed).map(found -> found.stream()
                .filter(task -> !passedOver.containsKey(task.id()))
                .limit(quantum)
                .toList());
    }

    private static OfLane ofLane(Lane lane, List<List<TaskDocument>> ofTenants, int count, int quantum) {
        List<TaskDocument> tasks =
                ofTenants.stream().flatMap(List::stream).limit(count).toList();
        boolean isMore =
                ofTenants.size() == MOST_TENANTS || ofTenants.stream().anyMatch(each -> each.size() == quantum);
        return new OfLane(lane, tasks, isMore);
    }

    /** @param isWrapped whether the walk has passed the last tenant */
    private record Walk(String from, String after, boolean isWrapped, int most, List<String> found) {

        boolean isOver() {
            return found.size() >= most;
        }
    }

    /** The tenants after the first one of the walk, in turns, each once. */
    private Uni<List<String>> tenants(Lane lane, Walk walk) {
        if (walk.isOver()) {
            return Uni.createFrom().item(walk.found());
        }
        return store.nextTenant(name(), lane, walk.after()).chain(next -> {
            boolean isEnd = next.isEmpty() || (walk.isWrapped() && next.get().compareTo(walk.from()) > 0);
            if (isEnd && (walk.isWrapped() || walk.from().isEmpty())) {
                return Uni.createFrom().item(walk.found());
            }
            if (isEnd) {
                return tenants(lane, new Walk(walk.from(), "", true, walk.most(), walk.found()));
            }
            walk.found().add(next.get());
            return tenants(lane, new Walk(walk.from(), next.get(), walk.isWrapped(), walk.most(), walk.found()));
        });
    }
}
