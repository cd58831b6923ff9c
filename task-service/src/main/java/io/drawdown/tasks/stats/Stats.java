package io.drawdown.tasks.stats;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.kit.time.Time;
import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.InstanceCounters;
import io.drawdown.tasks.store.InstanceCounters.Cut;
import io.drawdown.tasks.store.InstanceCounters.Load;
import io.drawdown.tasks.store.Recounted;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of tasks. Each process counts what it changes, when the store has acknowledged it, and stores its sums with each
 * renewal of its lease; whoever wants to know adds up the sums of all processes. So no answer reads the tasks. A process that dies
 * takes with it what it has counted since its last renewal, at most 3 s; {@link Recounting} corrects that. Belongs to the thread of
 * the core.
 */
public final class Stats {

    private static final Logger LOG = Logger.getLogger(Stats.class);

    /** Processes whose counters are read. */
    static final int MOST_PROCESSES = 1_000;

    private final CounterStore store;
    private final Time time;
    private final Scheduler scheduler;
    private final int slots;
    private final TransitionCounters counters = new TransitionCounters();
    private final LastMinute minute;
    private final OldestWaiting oldest;
    private final Recounting recounting;
    private String id = "";
    private long number;
    private boolean isBegun;
    private Load load;
    private @Nullable Instant agreed;
    private @Nullable Cut cut;
    private Depths latest = Depths.NONE;

    /** @param slots tasks that this process may run at the same time */
    public Stats(CounterStore store, TaskStore tasks, int slots, Time time, Scheduler scheduler) {
        this.store = store;
        this.time = time;
        this.scheduler = scheduler;
        this.slots = slots;
        this.load = new Load(0, slots);
        this.minute = new LastMinute(time);
        this.oldest = new OldestWaiting(tasks);
        this.recounting = new Recounting(tasks, store, time, scheduler);
    }

    /** A write is acknowledged. */
    public void changed(StateChange change) {
        counters.count(change);
        minute.count(change);
    }

    /** Counts what guarded writes change. */
    public GuardedWrites.Listener<TaskDocument> counting(Consumer<TaskDocument> offered) {
        return new GuardedWrites.Listener<>() {
            @Override
            public void offered(TaskDocument document) {
                offered.accept(document);
            }

            @Override
            public void written(@Nullable TaskDocument before, TaskDocument next) {
                changed(StateChange.of(before, next));
            }
        };
    }

    /** With each renewal of the lease: tells what was counted, looks what all others did, and recounts if it is time. */
    public void renewed(String incarnation, int running) {
        load = new Load(running, slots);
        publish(incarnation)
                .chain(this::read)
                .invoke(depths -> latest = depths)
                .chain(depths -> oldest.look(depths))
                .chain(store::recounted)
                .subscribe()
                .with(this::recountIfDue, fault -> LOG.debugf("Counters not stored or read: fault=%s", fault));
    }

    private void recountIfDue(Recounted recounted) {
        noteAt(recounted.cutAt());
        recounting.ifDue(recounted);
    }

    /** At the time at which a recount begins. */
    private void noteAt(@Nullable Instant cutAt) {
        if (cutAt == null || cutAt.equals(agreed) || !cutAt.isAfter(time.now())) {
            return;
        }
        agreed = cutAt;
        scheduler.after(
                Duration.between(time.now(), cutAt), () -> cut = new Cut(cutAt, counters.states(), counters.tenants()));
    }

    private Uni<Void> publish(String incarnation) {
        if (id.isEmpty()) {
            id = incarnation;
        }
        InstanceCounters own = own();
        if (!isBegun) {
            return store.begin(own).invoke(() -> isBegun = true);
        }
        return store.publish(own)
                .invoke(isThere -> {
                    if (!isThere) {
                        beginAnew(incarnation);
                    }
                })
                .replaceWithVoid();
    }

    /** This process was silent for so long that its counters were settled and removed. What it counted since is recounted. */
    private void beginAnew(String incarnation) {
        LOG.infof("Counters were removed, counting anew: incarnation=%s", incarnation);
        id = incarnation;
        isBegun = false;
        counters.clear();
        cut = null;
    }

    private InstanceCounters own() {
        return new InstanceCounters(
                id, ++number, time.now(), load, counters.states(), counters.tenants(), minute.all(), cut);
    }

    /** The numbers as of now. Fails as the store does. */
    public Uni<Depths> read() {
        return store.all(MOST_PROCESSES)
                .chain(all -> store.recounted().map(recounted -> Depths.of(withOwn(all), recounted, time.now())));
    }

    /** This process knows more of itself than it has told. */
    private List<InstanceCounters> withOwn(List<InstanceCounters> all) {
        Stream<InstanceCounters> others = all.stream().filter(each -> !each.id().equals(id));
        return Stream.concat(others, Stream.of(own())).toList();
    }

    /** The numbers as of the latest renewal. */
    public Depths latest() {
        return latest;
    }

    /** Since when the task of the type that waits the longest has waited, as of the latest renewal; null: none waits. */
    public @Nullable Instant oldestOf(String type) {
        return oldest.byType().get(type);
    }

    /** What this process knows without asking. */
    public Board board() {
        return new Board(latest, oldest.byType(), counters.states());
    }
}
