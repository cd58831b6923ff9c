package io.drawdown.tasks.testing;

import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.Keys;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Completed;
import io.drawdown.tasks.task.TaskState.Pending;
import io.drawdown.tasks.task.TaskState.Processing;
import io.drawdown.tasks.task.TaskState.Ready;
import io.drawdown.tasks.task.TaskState.Scheduled;
import io.drawdown.tasks.task.TaskState.Terminal;
import io.drawdown.tasks.task.TaskState.Waiting;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

import static java.util.Comparator.comparing;

/** Tasks in memory, with the guards, the unique keys and the order of the real store. */
public final class MemoryTasks implements TaskStore {

    /** By id, in its order. */
    public final Map<String, TaskDocument> documents = new TreeMap<>();

    public final Calls<Call> calls;

    /** Of replacements, in bytes. */
    public int largestGroup;

    /** While true who asks for the holder of a unique key comes too late. */
    public boolean hideHolders;

    /** The calls of the port. */
    public enum Call {
        GET,
        GET_ALL,
        HOLDER_OF,
        HEAD_OF,
        INSERT_ALL,
        REPLACE_ALL,
        TRIM,
        UNSENT,
        ANY_READY,
        NEXT_TENANT,
        READY,
        DUE_BEFORE,
        OWNED_BY,
        CANCEL_ASKED,
        LEASED_IN,
        LEASED_UNTIL_BEFORE,
        EXPIRED_BEFORE,
        RESULTS_BEFORE,
        REMOVE_BEFORE,
        COUNTED
    }

    /** @param wire see {@link Calls} */
    public MemoryTasks(Executor wire) {
        this.calls = new Calls<>(wire);
    }

    /** @throws AssertionError if there is none */
    public TaskDocument one(String id) {
        TaskDocument document = documents.get(id);
        if (document == null) {
            throw new AssertionError("no task " + id + " in " + documents.keySet());
        }
        return document;
    }

    @Override
    public Uni<Optional<TaskDocument>> get(String id) {
        return calls.answer(Call.GET, () -> Optional.ofNullable(documents.get(id)));
    }

    @Override
    public Uni<List<TaskDocument>> getAll(Collection<String> ids) {
        return calls.answer(Call.GET_ALL, () -> ids.stream()
                .distinct()
                .map(documents::get)
                .filter(Objects::nonNull)
                .toList());
    }

    @Override
    public Uni<Optional<TaskDocument>> holderOf(String uniqueHash) {
        return calls.answer(
                Call.HOLDER_OF,
                () -> hideHolders
                        ? Optional.empty()
                        : all(task -> uniqueHash.equals(key(task, Keys::unique)))
                                .findFirst());
    }

    @Override
    public Uni<Optional<TaskDocument>> headOf(String orderHash) {
        return calls.answer(Call.HEAD_OF, () -> all(task -> orderHash.equals(key(task, MemoryTasks::orderOf)))
                .min(comparing(task -> Objects.requireNonNull(task.order()).seq())));
    }

    @Override
    public Uni<List<Boolean>> insertAll(List<TaskDocument> inserted) {
        return calls.answer(
                Call.INSERT_ALL, () -> inserted.stream().map(this::insert).toList());
    }

    private boolean insert(TaskDocument task) {
        boolean isFree = !documents.containsKey(task.id()) && hasFreeKeys(task);
        if (isFree) {
            documents.put(task.id(), task);
        }
        return isFree;
    }

    @Override
    public Uni<Set<String>> replaceAll(List<TaskDocument> next) {
        return calls.answer(Call.REPLACE_ALL, () -> {
            largestGroup = Math.max(
                    largestGroup, next.stream().mapToInt(TaskDocument::bytes).sum());
            Set<String> replaced = new LinkedHashSet<>();
            next.stream().filter(this::replace).map(TaskDocument::id).forEach(replaced::add);
            return replaced;
        });
    }

    private boolean replace(TaskDocument next) {
        TaskDocument there = documents.get(next.id());
        boolean wins = there != null && there.rev() == next.rev() - 1 && hasFreeKeys(next);
        if (wins) {
            documents.put(next.id(), next);
        }
        return wins;
    }

    private boolean hasFreeKeys(TaskDocument task) {
        return isFree(task, Keys::unique) && isFree(task, Keys::running) && isFree(task, MemoryTasks::slotOf);
    }

    private boolean isFree(TaskDocument task, Function<Keys, @Nullable String> which) {
        String key = key(task, which);
        return key == null
                || all(other -> !other.id().equals(task.id()) && key.equals(key(other, which)))
                        .findAny()
                        .isEmpty();
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        return calls.answer(Call.TRIM, () -> {
            drainedTo.forEach((id, seq) -> documents.computeIfPresent(
                    id, (same, there) -> there.outbox().seq() == seq ? there.trimmed(seq) : there));
            return null;
        });
    }

    @Override
    public Uni<List<TaskDocument>> unsent(Instant from, Instant end, int limit) {
        return find(Call.UNSENT, limit, () -> all(MemoryTasks::isUnsent)
                .filter(task -> !since(task).isBefore(from) && since(task).isBefore(end))
                .sorted(comparing(MemoryTasks::since)));
    }

    @Override
    public Uni<Boolean> isAnyReady() {
        return calls.answer(Call.ANY_READY, () -> documents.values().stream().anyMatch(TaskDocument::isReady));
    }

    @Override
    public Uni<Optional<String>> nextTenant(String queue, Lane lane, String afterTenant) {
        return calls.answer(Call.NEXT_TENANT, () -> documents.values().stream()
                .flatMap(MemoryTasks::ready)
                .filter(ready -> ready.queue().equals(queue) && ready.lane() == lane)
                .map(Ready::tenant)
                .filter(tenant -> tenant.compareTo(afterTenant) > 0)
                .min(Comparator.naturalOrder()));
    }

    @Override
    public Uni<List<TaskDocument>> ready(String queue, Lane lane, String tenant, int limit) {
        return find(Call.READY, limit, () -> all(task -> ready(task)
                        .anyMatch(ready -> ready.queue().equals(queue)
                                && ready.lane() == lane
                                && ready.tenant().equals(tenant)))
                .sorted(comparing(task -> ready(task).findFirst().orElseThrow().at())));
    }

    @Override
    public Uni<List<DueTask>> dueBefore(Instant end, int limit) {
        return find(Call.DUE_BEFORE, limit, () -> documents.values().stream()
                .flatMap(task -> in(Scheduled.class, task).map(state -> new DueTask(task.id(), state.dueAt())))
                .filter(due -> due.dueAt().isBefore(end))
                .sorted(comparing(DueTask::dueAt)));
    }

    @Override
    public Uni<List<OwnedTask>> ownedBy(Collection<String> owners, String afterId, int limit) {
        return find(Call.OWNED_BY, limit, () -> documents.values().stream()
                .filter(task -> task.id().compareTo(afterId) > 0)
                .flatMap(task -> in(Processing.class, task)
                        .map(run -> new OwnedTask(
                                task.id(), run.owner(), task.counters().fence())))
                .filter(task -> owners.contains(task.owner())));
    }

    @Override
    public Uni<List<String>> cancelAsked(String owner, int limit) {
        return ids(Call.CANCEL_ASKED, Processing.class, run -> owner.equals(run.cancelFor()), limit);
    }

    @Override
    public Uni<List<TaskDocument>> leasedIn(Collection<String> slots) {
        return find(
                Call.LEASED_IN,
                Integer.MAX_VALUE,
                () -> all(task ->
                        task.lease() != null && slots.contains(task.lease().slot())));
    }

    @Override
    public Uni<List<String>> leasedUntilBefore(Instant end, int limit) {
        return ids(Call.LEASED_UNTIL_BEFORE, Processing.class, run -> isBefore(run.leaseUntil(), end), limit);
    }

    @Override
    public Uni<List<String>> expiredBefore(Instant end, int limit) {
        return ids(Call.EXPIRED_BEFORE, Waiting.class, state -> isBefore(state.expiresAt(), end), limit);
    }

    @Override
    public Uni<List<String>> resultsBefore(Instant end, int limit) {
        return ids(Call.RESULTS_BEFORE, Completed.class, state -> isBefore(state.resultUntil(), end), limit);
    }

    @Override
    public Uni<List<Standing>> removeBefore(Instant end, int limit) {
        return calls.answer(Call.REMOVE_BEFORE, () -> {
            List<TaskDocument> gone = all(task -> !isUnsent(task)
                            && in(Terminal.class, task).anyMatch(state -> isBefore(state.removeAt(), end)))
                    .limit(limit)
                    .toList();
            gone.forEach(task -> documents.remove(task.id()));
            return gone.stream().map(Standing::of).toList();
        });
    }

    @Override
    public Uni<List<CountedTask>> counted(String afterId, int limit) {
        return find(Call.COUNTED, limit, () -> all(task -> task.id().compareTo(afterId) > 0)
                .map(task -> new CountedTask(task.id(), Standing.of(task))));
    }

    private <S> Uni<List<String>> ids(Call call, Class<S> type, Predicate<S> filter, int limit) {
        return find(
                call, limit, () -> all(task -> in(type, task).anyMatch(filter)).map(TaskDocument::id));
    }

    private <T> Uni<List<T>> find(Call call, int limit, Supplier<Stream<T>> found) {
        return calls.answer(call, () -> found.get().limit(limit).toList());
    }

    private Stream<TaskDocument> all(Predicate<TaskDocument> filter) {
        return documents.values().stream().filter(filter);
    }

    private static <S> Stream<S> in(Class<S> type, TaskDocument task) {
        return Stream.of(task.state()).filter(type::isInstance).map(type::cast);
    }

    private static Stream<Ready> ready(TaskDocument task) {
        return in(Pending.class, task).map(Pending::ready).filter(Objects::nonNull);
    }

    private static boolean isUnsent(TaskDocument task) {
        return task.outbox().pending() != null;
    }

    private static Instant since(TaskDocument unsent) {
        return Objects.requireNonNull(unsent.outbox().pending());
    }

    private static boolean isBefore(@Nullable Instant at, Instant end) {
        return at != null && at.isBefore(end);
    }

    private static @Nullable String key(TaskDocument task, Function<Keys, @Nullable String> which) {
        return task.keys() == null ? null : which.apply(task.keys());
    }

    private static @Nullable String orderOf(Keys keys) {
        return keys.order() == null ? null : keys.order().key();
    }

    private static @Nullable String slotOf(Keys keys) {
        return keys.lease() == null ? null : keys.lease().slot();
    }
}
