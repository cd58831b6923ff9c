package io.drawdown.simulator.tasks;

import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Ready;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Waiting;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tasks' documents as one process reaches them. */
final class SimulatedTasks implements TaskStore {

    private final Link link;
    private final Database database;
    private final Table<TaskDocument> documents;
    private final SortedMap<String, TaskDocument> active;
    private final Consumer<TaskDocument> acknowledged;

    /** @param acknowledged hears of each write that this process knows to have succeeded */
    SimulatedTasks(Link link, TasksStores stores, Consumer<TaskDocument> acknowledged) {
        this.link = link;
        this.database = stores.database();
        this.documents = stores.tasks();
        this.active = stores.active();
        this.acknowledged = acknowledged;
    }

    @Override
    public Uni<Optional<TaskDocument>> get(String id) {
        return link.read(() -> Optional.ofNullable(documents.committed(id)));
    }

    @Override
    public Uni<List<TaskDocument>> getAll(Collection<String> ids) {
        List<String> asked = List.copyOf(ids);
        return link.read(callFault -> asked.stream()
                .map(id -> callFault == CallFault.STALE ? documents.former(id) : documents.committed(id))
                .filter(Objects::nonNull)
                .toList());
    }

    @Override
    public Uni<Optional<TaskDocument>> holderOf(String uniqueHash) {
        return link.read(() -> committed(task ->
                        task.keys() != null && uniqueHash.equals(task.keys().unique()))
                .findFirst());
    }

    @Override
    public Uni<Optional<TaskDocument>> headOf(String orderHash) {
        return link.read(callFault -> some(callFault, task -> isOf(task, orderHash))
                .min(Comparator.comparing(
                        task -> Objects.requireNonNull(task.order()).seq())));
    }

    private static boolean isOf(TaskDocument task, String orderHash) {
        return task.order() != null && task.order().key().equals(orderHash);
    }

    @Override
    public Uni<List<Boolean>> insertAll(List<TaskDocument> inserted) {
        Uni<List<Boolean>> write = link.write((callFault, answer) -> {
            Map<String, TaskDocument> won = new LinkedHashMap<>();
            List<Boolean> answers = new ArrayList<>();
            for (TaskDocument task : inserted) {
                boolean isNew = documents.local(task.id()) == null && hasFreeKeys(task, won);
                answers.add(isNew);
                if (isNew) {
                    won.put(task.id(), task);
                }
            }
            putAll(won.values(), database.acknowledge(answers, won.size(), answer), callFault);
        });
        return write.invoke(answers -> {
            for (int each = 0; each < answers.size(); each++) {
                if (answers.get(each)) {
                    acknowledged.accept(inserted.get(each));
                }
            }
        });
    }

    @Override
    public Uni<Set<String>> replaceAll(List<TaskDocument> replacements) {
        Uni<Set<String>> write = link.write((callFault, answer) -> {
            Map<String, TaskDocument> won = new LinkedHashMap<>();
            for (TaskDocument next : replacements) {
                TaskDocument present = documents.local(next.id());
                boolean isBeaten = callFault == CallFault.LOST_RACE && next.equals(replacements.getFirst());
                if (!isBeaten && present != null && present.rev() == next.rev() - 1 && hasFreeKeys(next, won)) {
                    won.put(next.id(), next);
                }
            }
            putAll(won.values(), database.acknowledge(won.keySet(), won.size(), answer), callFault);
        });
        return write.invoke(ids ->
                replacements.stream().filter(each -> ids.contains(each.id())).forEach(acknowledged));
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        return link.write((callFault, answer) -> {
            List<TaskDocument> trimmed = new ArrayList<>();
            drainedTo.forEach((id, seq) -> {
                TaskDocument present = documents.local(id);
                if (present != null && present.outbox().seq() == seq && callFault != CallFault.LOST_RACE) {
                    trimmed.add(present.trimmed(seq));
                }
            });
            putAll(trimmed, database.acknowledge(null, trimmed.size(), answer), callFault);
        });
    }

    private void putAll(Collection<TaskDocument> next, Acknowledgement all, CallFault callFault) {
        if (callFault == CallFault.ROLLED_BACK && !next.isEmpty()) {
            database.failOver();
        }
        next.forEach(task -> documents.put(task.id(), task, all));
    }

    private boolean hasFreeKeys(TaskDocument task, Map<String, TaskDocument> together) {
        return HeldKeys.areFree(
                task,
                Stream.concat(
                        documents.locals().filter(other -> !together.containsKey(other.id())),
                        together.values().stream()));
    }

    @Override
    public Uni<List<TaskDocument>> unsent(Instant from, Instant end, int limit) {
        return link.read(
                callFault -> some(callFault, task -> isBetween(task.outbox().pending(), from, end))
                        .sorted(Comparator.comparing(
                                task -> Objects.requireNonNull(task.outbox().pending())))
                        .limit(limit)
                        .toList());
    }

    private static boolean isBetween(@Nullable Instant at, Instant from, Instant end) {
        return at != null && !at.isBefore(from) && at.isBefore(end);
    }

    @Override
    public Uni<Boolean> isAnyReady() {
        return link.read(callFault -> some(callFault, TaskDocument::isReady).count() > 0);
    }

    @Override
    public Uni<Optional<String>> nextTenant(String queue, Lane lane, String afterTenant) {
        return link.read(callFault -> some(callFault, TaskDocument::isReady)
                .map(SimulatedTasks::place)
                .filter(place -> place.queue().equals(queue) && place.lane() == lane)
                .map(Ready::tenant)
                .filter(tenant -> tenant.compareTo(afterTenant) > 0)
                .min(Comparator.naturalOrder()));
    }

    @Override
    public Uni<List<TaskDocument>> ready(String queue, Lane lane, String tenant, int limit) {
        return link.read(callFault -> some(callFault, TaskDocument::isReady)
                .filter(task -> place(task)
                        .equals(new Ready(queue, lane, tenant, place(task).at())))
                .sorted(Comparator.comparing(task -> place(task).at()))
                .limit(limit)
                .toList());
    }

    private static Ready place(TaskDocument task) {
        return Objects.requireNonNull(((Pending) task.state()).ready());
    }

    @Override
    public Uni<List<DueTask>> dueBefore(Instant end, int limit) {
        return link.read(callFault -> some(
                        callFault,
                        task -> task.state() instanceof Scheduled due
                                && due.dueAt().isBefore(end))
                .map(task -> new DueTask(task.id(), ((Scheduled) task.state()).dueAt()))
                .sorted(Comparator.comparing(DueTask::dueAt))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<OwnedTask>> ownedBy(Collection<String> owners, String afterId, int limit) {
        List<String> asked = List.copyOf(owners);
        return link.read(callFault -> some(
                        callFault, task -> task.state() instanceof Processing run && asked.contains(run.owner()))
                .filter(task -> task.id().compareTo(afterId) > 0)
                .map(task -> new OwnedTask(
                        task.id(),
                        ((Processing) task.state()).owner(),
                        task.counters().fence()))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<String>> cancelAsked(String owner, int limit) {
        return ids(task -> task.state() instanceof Processing run && owner.equals(run.cancelFor()), limit);
    }

    @Override
    public Uni<List<TaskDocument>> leasedIn(Collection<String> slots) {
        List<String> asked = List.copyOf(slots);
        return link.read(callFault -> some(
                        callFault,
                        task -> task.lease() != null
                                && asked.contains(task.lease().slot()))
                .toList());
    }

    @Override
    public Uni<List<String>> leasedUntilBefore(Instant end, int limit) {
        return ids(
                task -> task.state() instanceof Processing run
                        && run.leaseUntil() != null
                        && run.leaseUntil().isBefore(end),
                limit);
    }

    @Override
    public Uni<List<String>> expiredBefore(Instant end, int limit) {
        return ids(
                task -> task.state() instanceof Waiting waiting
                        && waiting.expiresAt() != null
                        && waiting.expiresAt().isBefore(end),
                limit);
    }

    @Override
    public Uni<List<String>> resultsBefore(Instant end, int limit) {
        return link.read(() -> documents.committed(task -> isResultBefore(task, end), null, limit).stream()
                .map(TaskDocument::id)
                .toList());
    }

    private static boolean isResultBefore(TaskDocument task, Instant end) {
        return task.state() instanceof Completed completed
                && completed.resultUntil() != null
                && completed.resultUntil().isBefore(end);
    }

    /** Nothing is removed in a history: what a task came to is looked at when it ends. */
    @Override
    public Uni<List<Standing>> removeBefore(Instant end, int limit) {
        return link.read(() -> List.of());
    }

    @Override
    public Uni<List<CountedTask>> counted(String afterId, int limit) {
        return link.read(() -> documents.committed(task -> true, afterId, limit).stream()
                .map(task -> new CountedTask(task.id(), Standing.of(task)))
                .toList());
    }

    private Uni<List<String>> ids(Predicate<TaskDocument> which, int limit) {
        return link.read(callFault ->
                some(callFault, which).map(TaskDocument::id).limit(limit).toList());
    }

    private Stream<TaskDocument> committed(Predicate<TaskDocument> which) {
        return active.values().stream().filter(which);
    }

    private Stream<TaskDocument> some(CallFault callFault, Predicate<TaskDocument> which) {
        return callFault == CallFault.STALE
                ? documents.former(which, null, Integer.MAX_VALUE).stream()
                : committed(which);
    }
}
