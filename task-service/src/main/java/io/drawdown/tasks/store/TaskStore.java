package io.drawdown.tasks.store;

import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The port to the tasks' documents. Fails with {@code Unavailable} (it did not happen) or {@code OutcomeUnknown} (it may
 * have). Completes on the core's thread and within a bounded time.
 */
public interface TaskStore {

    /** The document as a majority has it, read after this call began, so that a decision may rest on it. */
    Uni<Optional<TaskDocument>> get(String id);

    /** Those of the documents that exist, as a majority has them, in any order. */
    Uni<List<TaskDocument>> getAll(Collection<String> ids);

    /** The task that holds this unique key, as a majority has it, read after this call began. */
    Uni<Optional<TaskDocument>> holderOf(String uniqueHash);

    /** Of the tasks with this order key that are not over, the one with the least {@code seq}. */
    Uni<Optional<TaskDocument>> headOf(String orderHash);

    /**
     * Inserts each document, unless its {@code _id} or its unique key exists. After {@code OutcomeUnknown} the same call may
     * be repeated.
     *
     * @return for each document, in the same order, whether this call inserted it
     */
    Uni<List<Boolean>> insertAll(List<TaskDocument> documents);

    /**
     * Replaces each document of revision {@code next.rev() - 1}. One whose revision is another one, or one of whose keys is
     * held by another task, is left as it is. The documents differ in their ids.
     *
     * @return the ids of those that were replaced; one that someone else has changed again by then may be left out
     */
    Uni<Set<String>> replaceAll(List<TaskDocument> next);

    /**
     * Empties the outbox of each document whose {@code seq} is still the given one, and removes its pending time, without
     * changing the revision: {@link TaskDocument#trimmed}.
     */
    Uni<Void> trim(Map<String, Long> drainedTo);

    /** Documents whose first event that may not be published is of that time: the oldest first, {@code end} excluded. */
    Uni<List<TaskDocument>> unsent(Instant from, Instant end, int limit);

    /** Whether any task waits for a worker, of whatever type. */
    Uni<Boolean> isAnyReady();

    /** The first tenant after the given one with a task that waits for a worker. */
    Uni<Optional<String>> nextTenant(String queue, Lane lane, String afterTenant);

    /** The tasks of the tenant that have waited for a worker the longest. */
    Uni<List<TaskDocument>> ready(String queue, Lane lane, String tenant, int limit);

    /** Tasks that are due before then, the earliest first. */
    Uni<List<DueTask>> dueBefore(Instant end, int limit);

    /** Tasks that these workers run, in order of id, after {@code afterId}. */
    Uni<List<OwnedTask>> ownedBy(Collection<String> owners, String afterId, int limit);

    /** Ids of tasks that this worker runs and that someone wants to cancel. */
    Uni<List<String>> cancelAsked(String owner, int limit);

    /** Tasks that workers elsewhere run, and whose leases have these slots. */
    Uni<List<TaskDocument>> leasedIn(Collection<String> slots);

    /** Ids of tasks that workers elsewhere run, and whose lease is over before then, the earliest first. */
    Uni<List<String>> leasedUntilBefore(Instant end, int limit);

    /** Ids of tasks that wait, were never started, and whose deadline is before then. */
    Uni<List<String>> expiredBefore(Instant end, int limit);

    /** Ids of tasks whose result is to go before then. */
    Uni<List<String>> resultsBefore(Instant end, int limit);

    /**
     * Removes records that are to go before then; one with events that are not published stays.
     *
     * @return where those stood that it removed; if another instance removed some of them, others may be named instead
     */
    Uni<List<Standing>> removeBefore(Instant end, int limit);

    /** All tasks, in order of id, after {@code afterId}. */
    Uni<List<CountedTask>> counted(String afterId, int limit);

    /** A task for a count. */
    record CountedTask(String id, Standing standing) {}

    /** A task that is due at that time. */
    record DueTask(String id, Instant dueAt) {}

    /** A task that a worker runs. */
    record OwnedTask(String id, String owner, long fence) {}
}
