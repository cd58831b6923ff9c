package io.drawdown.tasks.upkeep;

import io.drawdown.kit.lease.Incarnation;
import io.drawdown.kit.lease.Incarnation.Ending;
import io.drawdown.kit.lease.IncarnationStore;
import io.drawdown.kit.lease.LeaseWatch;
import io.drawdown.kit.time.PeriodicTask;
import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.LeaseValidity;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.store.TaskStore.OwnedTask;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes their tasks from workers that died. Every instance watches every other; one that was seen not to renew for a whole
 * lease is fenced, and then nothing that it still may write to its tasks counts. Every round asks again for the tasks of all
 * incarnations that ended in the last day, because a claim of theirs may land late.
 */
public final class DeadWorkers {

    /** For so long the tasks of an incarnation that ended are asked for. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    private static final int MOST_MEMBERS = 500;
    private static final int MOST_DEAD = 5_000;
    private static final int PAGE = 256;

    private final RunPorts ports;
    private final IncarnationStore incarnations;
    private final LeaseWatch watch;
    private final LeaseValidity validity;
    private final Claims claims;
    private final Members members;
    private final PeriodicTask rounds;
    private final Map<String, Ending> endings = new HashMap<>();
    private final Survivors survivors;

    /** What the watch of workers needs. */
    public record Watch(IncarnationStore incarnations, LeaseWatch leases, LeaseValidity validity, Members members) {}

    public DeadWorkers(RunPorts ports, Watch watch, Claims claims) {
        this.ports = ports;
        this.incarnations = watch.incarnations();
        this.survivors = new Survivors(watch.incarnations());
        this.watch = watch.leases();
        this.validity = watch.validity();
        this.members = watch.members();
        this.claims = claims;
        this.rounds = PeriodicTask.of("watch of workers", ports.scheduler(), this.watch.interval(), this::round);
    }

    public void start() {
        rounds.startNow();
    }

    public void stop() {
        rounds.stop();
    }

    /** Whoever is not sure of its own lease judges nobody. */
    private Uni<Void> round() {
        if (!validity.mayAct()) {
            watch.forget();
            return Uni.createFrom().voidItem();
        }
        return incarnations
                .others(validity.incarnation(), MOST_MEMBERS)
                .chain(this::look)
                .chain(() -> incarnations.fencedSince(ports.time().now().minus(REMEMBERED), MOST_DEAD))
                .chain(dead -> dead.isEmpty() ? Uni.createFrom().voidItem() : takeTasks(dead));
    }

    private Uni<Void> look(List<Incarnation> others) {
        members.update(
                validity.incarnation(), others.stream().map(Incarnation::id).toList());
        return Multi.createFrom()
                .iterable(others)
                .onItem()
                .transformToUniAndConcatenate(other -> watch.look(other.id()))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> takeTasks(List<String> dead) {
        endings.keySet().retainAll(Set.copyOf(dead));
        return takePage(dead, "");
    }

    private Uni<Void> takePage(List<String> dead, String afterId) {
        return ports.store().ownedBy(dead, afterId, PAGE).chain(page -> {
            if (page.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            Uni<Void> taken = learnEndings(page)
                    .chain(() -> ports.store()
                            .getAll(page.stream().map(OwnedTask::id).toList()))
                    .chain(this::takeAll);
            return page.size() < PAGE
                    ? taken
                    : taken.chain(() -> takePage(dead, page.getLast().id()));
        });
    }

    private Uni<Void> learnEndings(List<OwnedTask> page) {
        return Multi.createFrom()
                .iterable(page)
                .map(OwnedTask::owner)
                .filter(owner -> !endings.containsKey(owner))
                .skip()
                .repetitions()
                .onItem()
                .transformToUniAndConcatenate(owner -> incarnations
                        .get(owner)
                        .invoke(found -> found.ifPresent(each -> endings.put(owner, endingOf(each)))))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Ending endingOf(Incarnation ended) {
        return ended.ended() == null ? Ending.FENCED : ended.ended();
    }

    /** By now the workers of earlier crashes have said whether they live. */
    private Uni<Void> takeAll(List<TaskDocument> tasks) {
        List<String> accused =
                tasks.stream().flatMap(task -> task.crashedWorkers().stream()).toList();
        return tasks.isEmpty()
                ? Uni.createFrom().voidItem()
                : survivors.among(accused).chain(living -> Uni.join()
                        .all(tasks.stream().map(task -> take(task, living)).toList())
                        .andCollectFailures()
                        .replaceWithVoid());
    }

    private Uni<TaskDocument> take(TaskDocument task, Set<String> living) {
        return ports.writes()
                .change(task, (found, now) -> taken(found, living, now))
                .invoke(claims::hint);
    }

    private @Nullable TaskDocument taken(TaskDocument found, Set<String> living, Instant now) {
        if (!(found.state() instanceof Processing run)) {
            return null;
        }
        Policy policy = ports.types().policyOf(found.spec().type());
        return switch (endings.get(run.owner())) {
            case null -> null;
            case FENCED -> Runs.crash(Runs.takeBack(found, found.crashesOf(living)), policy, now);
            case RELEASED -> Runs.handBack(found, policy, now);
        };
    }
}
