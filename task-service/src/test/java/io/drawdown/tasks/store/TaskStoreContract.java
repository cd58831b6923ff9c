package io.drawdown.tasks.store;

import io.drawdown.tasks.store.TaskStore.DueTask;
import io.drawdown.tasks.store.TaskStore.OwnedTask;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.Waits;
import io.drawdown.tasks.testing.States;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.ordered;
import static io.drawdown.tasks.testing.Tasks.scheduled;
import static io.drawdown.tasks.testing.Tasks.spec;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

/** What each store of tasks promises. The store is empty when a test begins. */
public abstract class TaskStoreContract extends LeasedTasksContract {

    private static final Policy POLICY = Policy.DEFAULT;

    static Stream<States> states() {
        return Stream.of(States.values());
    }

    @ParameterizedTest
    @MethodSource("states")
    void taskOfEveryStateComesBackAsItWasStored(States state) {
        // Given
        TaskDocument task = state.task();
        // When
        insert(task);
        // Then
        assertThat(now(store().get(task.id()))).contains(task);
        assertThat(now(store().getAll(List.of(task.id(), "tsk_none")))).containsExactly(task);
    }

    @Test
    void whatWasNeverStoredIsNotFound() {
        assertThat(now(store().get("tsk_none"))).isEmpty();
        assertThat(now(store().getAll(List.of()))).isEmpty();
        assertThat(now(store().holderOf("none"))).isEmpty();
        assertThat(now(store().headOf("none"))).isEmpty();
        assertThat(now(store().insertAll(List.of()))).isEmpty();
        assertThat(now(store().replaceAll(List.of()))).isEmpty();
        assertThat(now(store().nextTenant("echo", Lane.NORMAL, ""))).isEmpty();
    }

    @Test
    void insertLeavesOutOnlyTheDocumentsWhoseIdOrUniqueKeyExists() {
        // Given
        TaskDocument there = unique("tsk_a", "k1");
        insert(there);
        TaskDocument sameId = waiting("tsk_a", spec("other", "acme", AT));
        TaskDocument sameKey = unique("tsk_b", "k1");
        TaskDocument free = unique("tsk_c", "k2");
        TaskDocument sameKeyInTheBatch = unique("tsk_d", "k2");
        TaskDocument plain = waiting("tsk_e");
        // When
        List<Boolean> inserted = now(store().insertAll(List.of(sameId, sameKey, free, sameKeyInTheBatch, plain)));
        // Then
        assertThat(inserted).containsExactly(false, false, true, false, true);
        assertThat(all("tsk_a", "tsk_b", "tsk_c", "tsk_d", "tsk_e")).containsExactlyInAnyOrder(there, free, plain);
        assertThat(now(store().holderOf(hashOf(there)))).contains(there);
    }

    @Test
    void repeatedInsertSaysThatEachDocumentExists() {
        // Given
        List<TaskDocument> batch = List.of(waiting("tsk_a"), unique("tsk_b", "k"));
        now(store().insertAll(batch));
        // When
        List<Boolean> again = now(store().insertAll(batch));
        // Then
        assertThat(again).containsExactly(false, false);
    }

    @Test
    void replacementNeedsTheRevisionThatWasRead() {
        // Given
        TaskDocument task = waiting("tsk_a");
        insert(task);
        TaskDocument mine = claimed(task, "me").written("w-mine", 0);
        TaskDocument theirs = claimed(task, "they").written("w-theirs", 0);
        // When
        Set<String> first = now(store().replaceAll(List.of(mine)));
        Set<String> second = now(store().replaceAll(List.of(theirs)));
        // Then
        assertThat(first).containsExactly("tsk_a");
        assertThat(second).isEmpty();
        assertThat(all("tsk_a")).containsExactly(mine);
    }

    @Test
    void eachReplacementOfABulkWinsOrLosesByItself() {
        // Given
        TaskDocument won = waiting("tsk_a");
        TaskDocument lost = waiting("tsk_b");
        TaskDocument holder = unique("tsk_c", "k");
        TaskDocument revived = Ends.cancel(unique("tsk_d", "k"), POLICY, AT).written("w-1", 0);
        TaskDocument running = claimed(ordered("tsk_e", "order", 1), "me").written("w-1", 0);
        TaskDocument second = ordered("tsk_f", "order", 2);
        insert(won, lost, holder, revived, running, second);
        now(store().replaceAll(List.of(claimed(lost, "they").written("w-theirs", 0))));
        TaskDocument missing = waiting("tsk_g");
        List<TaskDocument> next = List.of(
                claimed(won, "me").written("w-mine", 0),
                claimed(lost, "me").written("w-mine", 0),
                Ends.revive(revived, null, AT).written("w-mine", 0),
                claimed(second, "me").written("w-mine", 0),
                claimed(missing, "me").written("w-mine", 0));
        // When
        Set<String> replaced = now(store().replaceAll(next));
        // Then
        assertThat(replaced).containsExactly("tsk_a");
        assertThat(all("tsk_a", "tsk_d", "tsk_f", "tsk_g")).containsExactlyInAnyOrder(next.getFirst(), revived, second);
    }

    @Test
    void keysAreFreeOnceTheirTaskIsOver() {
        // Given
        TaskDocument holder = unique("tsk_a", "k");
        TaskDocument running = claimed(ordered("tsk_b", "order", 1), "me").written("w-1", 0);
        TaskDocument second = ordered("tsk_c", "order", 2);
        insert(holder, running, second);
        // When
        now(store().replaceAll(List.of(
                Ends.cancel(holder, POLICY, AT).written("w-2", 0),
                Runs.complete(running, "{}", POLICY, AT).written("w-2", 0))));
        // Then
        assertThat(now(store().holderOf(hashOf(holder)))).isEmpty();
        assertThat(now(store().headOf("order"))).contains(second);
        assertThat(now(store().insertAll(List.of(unique("tsk_d", "k"))))).containsExactly(true);
        assertThat(now(store().replaceAll(List.of(claimed(second, "me").written("w-1", 0)))))
                .containsExactly("tsk_c");
    }

    @Test
    void headOfAnOrderKeyIsTheLeastThatIsNotOver() {
        // Given
        TaskDocument first = ordered("tsk_c", "order", 7);
        insert(ordered("tsk_a", "order", 12), first, ordered("tsk_b", "order", 9), ordered("tsk_d", "other", 1));
        // Then
        assertThat(now(store().headOf("order"))).contains(first);
    }

    @Test
    void outboxIsTrimmedOnlyAsItWasDrained() {
        // Given
        TaskDocument task = waiting("tsk_a");
        TaskDocument other = waiting("tsk_b");
        insert(task, other);
        // When
        now(store().trim(Map.of(
                "tsk_a", task.outbox().seq(), "tsk_b", other.outbox().seq() + 1, "tsk_none", 1L)));
        now(store().trim(Map.of()));
        // Then
        assertThat(all("tsk_a")).containsExactly(task.trimmed(task.outbox().seq()));
        assertThat(now(store().unsent(AT, AT.plusMillis(1), 10))).containsExactly(other);
        assertThat(now(store().replaceAll(List.of(claimed(task, "me").written("w-1", 1)))))
                .as("its revision is the same")
                .containsExactly("tsk_a");
    }

    @Test
    void unsentEventsComeByTheTimeOfTheFirstOneOfEachTask() {
        // Given
        TaskDocument last = at("tsk_a", "echo", "acme", 3);
        TaskDocument first = claimed(at("tsk_b", "echo", "acme", 1), "me").written("w-1", 0);
        TaskDocument second = at("tsk_c", "echo", "acme", 2);
        TaskDocument partly =
                claimed(at("tsk_d", "echo", "acme", 1), "me", AT.plusSeconds(4)).written("w-1", 1);
        insert(last, first, second, partly, sent(at("tsk_e", "echo", "acme", 1)));
        Instant far = Instant.ofEpochMilli(Long.MAX_VALUE);
        // Then
        assertThat(now(store().unsent(Instant.EPOCH, far, 10))).containsExactly(first, second, last, partly);
        assertThat(now(store().unsent(AT, far, 2))).containsExactly(first, second);
        assertThat(now(store().unsent(AT.plusSeconds(2), AT.plusSeconds(4), 10)))
                .containsExactly(second, last);
    }

    @Test
    void readyTasksOfATenantComeByTheirTimeUpToTheLimit() {
        // Given
        TaskDocument last = at("tsk_a", "echo", "acme", 3);
        TaskDocument first = at("tsk_b", "echo", "acme", 1);
        TaskDocument second = at("tsk_c", "echo", "acme", 2);
        TaskDocument claimed = claimed(at("tsk_g", "echo", "acme", 0), "me").written("w-1", 0);
        TaskDocument moved =
                Waits.move(at("tsk_f", "echo", "acme", 0), Lane.LOW).written("w-1", 0);
        insert(last, first, second, at("tsk_d", "other", "acme", 0), at("tsk_e", "echo", "else", 0), moved, claimed);
        insert(ordered("tsk_h", "order", 1));
        // Then
        assertThat(now(store().ready("echo", Lane.NORMAL, "acme", 10))).containsExactly(first, second, last);
        assertThat(now(store().ready("echo", Lane.NORMAL, "acme", 2))).containsExactly(first, second);
        assertThat(now(store().ready("echo", Lane.LOW, "acme", 2))).containsExactly(moved);
    }

    @Test
    void anyReadyTaskIsSeenWhateverItsType() {
        // Given
        insert(scheduled("tsk_a", AT), ordered("tsk_b", "order", 1));
        assertThat(now(store().isAnyReady())).isFalse();
        // When
        insert(at("tsk_c", "other", "b", 1));
        // Then
        assertThat(now(store().isAnyReady())).isTrue();
    }

    @Test
    void tenantsWithReadyTasksComeOneAfterTheOther() {
        // Given
        insert(at("tsk_a", "echo", "b", 1), at("tsk_b", "echo", "a", 2), at("tsk_c", "echo", "b", 3));
        insert(at("tsk_d", "other", "c", 1), scheduled("tsk_e", AT));
        // Then
        assertThat(now(store().nextTenant("echo", Lane.NORMAL, ""))).contains("a");
        assertThat(now(store().nextTenant("echo", Lane.NORMAL, "a"))).contains("b");
        assertThat(now(store().nextTenant("echo", Lane.NORMAL, "b"))).isEmpty();
        assertThat(now(store().nextTenant("echo", Lane.HIGH, ""))).isEmpty();
    }

    @Test
    void dueTasksComeByTheirTimeUpToTheEnd() {
        // Given
        insert(scheduled("tsk_a", AT.plusMillis(2)), scheduled("tsk_b", AT), scheduled("tsk_c", AT.plusMillis(3)));
        insert(waiting("tsk_d"));
        // Then
        assertThat(now(store().dueBefore(AT.plusMillis(3), 10)))
                .containsExactly(new DueTask("tsk_b", AT), new DueTask("tsk_a", AT.plusMillis(2)));
        assertThat(now(store().dueBefore(AT.plusMillis(9), 1))).containsExactly(new DueTask("tsk_b", AT));
        assertThat(now(store().dueBefore(AT, 10))).isEmpty();
    }

    @Test
    void runningTasksComeByTheirIdForAllOfTheirOwners() {
        // Given
        insert(running("tsk_a", "me"), running("tsk_b", "you"), running("tsk_c", "they"), running("tsk_d", "me"));
        insert(waiting("tsk_e"));
        List<String> owners = List.of("me", "you", "nobody");
        // Then
        assertThat(now(store().ownedBy(owners, "", 2)))
                .containsExactly(new OwnedTask("tsk_a", "me", 1), new OwnedTask("tsk_b", "you", 1));
        assertThat(now(store().ownedBy(owners, "tsk_b", 2))).containsExactly(new OwnedTask("tsk_d", "me", 1));
    }

    @Test
    void cancelWishesAreFoundByTheOwner() {
        // Given
        insert(running("tsk_a", "me"), asked("tsk_b", "me"), asked("tsk_c", "you"));
        // Then
        assertThat(now(store().cancelAsked("me", 10))).containsExactly("tsk_b");
        assertThat(now(store().cancelAsked("nobody", 10))).isEmpty();
    }

    @Test
    void deadlineCountsUntilTheFirstStart() {
        // Given
        TaskDocument early = expiring("tsk_a", 1);
        TaskDocument started = claimed(expiring("tsk_b", 1), "me").written("w-1", 0);
        insert(early, started, expiring("tsk_c", 2), expiring("tsk_d", 3), waiting("tsk_e"));
        insert(Runs.handBack(claimed(expiring("tsk_f", 1), "me"), POLICY, AT).written("w-1", 0));
        // Then
        assertThat(now(store().expiredBefore(AT.plusSeconds(3), 10))).containsExactlyInAnyOrder("tsk_a", "tsk_c");
        assertThat(now(store().expiredBefore(AT.plusSeconds(3), 1))).hasSize(1);
    }

    @Test
    void resultsAreFoundOnceTheirTimeIsOver() {
        // Given
        TaskDocument completed = completed("tsk_a", AT);
        TaskDocument dropped = Ends.dropResult(completed("tsk_b", AT)).written("w-3", 0);
        insert(completed, dropped, completed("tsk_c", AT.plusSeconds(1)), waiting("tsk_d"));
        Instant end = AT.plus(POLICY.resultTtl());
        // Then
        assertThat(now(store().resultsBefore(end, 10))).isEmpty();
        assertThat(now(store().resultsBefore(end.plusMillis(1), 10))).containsExactly("tsk_a");
    }

    @Test
    void recordsAreRemovedInPagesOnceTheirTimeIsOverAndTheirEventsArePublished() {
        // Given
        Instant end = AT.plus(POLICY.keep()).plusMillis(1);
        TaskDocument unsent = completed("tsk_a", AT);
        TaskDocument young = sent(completed("tsk_b", AT.plusSeconds(1)));
        TaskDocument alive = sent(waiting("tsk_c"));
        List<TaskDocument> old = IntStream.range(0, 5)
                .mapToObj(n -> sent(completed("tsk_old" + n, AT)))
                .toList();
        insert(unsent, young, alive);
        now(store().insertAll(old));
        // When
        List<Standing> first = now(store().removeBefore(end, 3));
        List<Standing> second = now(store().removeBefore(end, 3));
        List<Standing> third = now(store().removeBefore(end, 3));
        // Then
        assertThat(first).hasSize(3).containsOnly(Standing.of(old.getFirst()));
        assertThat(List.of(second.size(), third.size())).containsExactly(2, 0);
        assertThat(all("tsk_a", "tsk_b", "tsk_c")).containsExactlyInAnyOrder(unsent, young, alive);
        assertThat(now(store().getAll(old.stream().map(TaskDocument::id).toList())))
                .isEmpty();
    }

    private List<TaskDocument> all(String... ids) {
        return now(store().getAll(List.of(ids)));
    }

    private static TaskDocument claimed(TaskDocument task, String owner) {
        return claimed(task, owner, AT);
    }

    private static TaskDocument claimed(TaskDocument task, String owner, Instant now) {
        return Runs.claim(task, owner, now);
    }

    private static TaskDocument running(String id, String owner) {
        return claimed(waiting(id), owner).written("w-1", 0);
    }

    private static TaskDocument asked(String id, String owner) {
        return Ends.cancel(running(id, owner), POLICY, AT).written("w-2", 0);
    }

    private static TaskDocument completed(String id, Instant now) {
        return Runs.complete(running(id, "me"), "{}", POLICY, now).written("w-2", 0);
    }

    private static TaskDocument sent(TaskDocument task) {
        return task.trimmed(task.outbox().seq());
    }

    private static TaskDocument at(String id, String type, String tenant, int seconds) {
        return waiting(id, spec(type, tenant, AT.plusSeconds(seconds)));
    }

    private static TaskDocument unique(String id, String key) {
        Spec plain = spec("echo", "acme", AT);
        Labels labels = new Labels(null, null, null, key, null);
        return waiting(id, new Spec(plain.type(), "{}", plain.lane(), plain.tenant(), plain.sender(), labels, null));
    }

    private static TaskDocument expiring(String id, int seconds) {
        Spec plain = spec("echo", "acme", AT);
        Spec.Terms terms = new Spec.Terms(null, null, null, null, null, null, AT.plusSeconds(seconds));
        return waiting(id, new Spec(plain.type(), "{}", plain.lane(), plain.tenant(), plain.sender(), null, terms));
    }

    private static String hashOf(TaskDocument task) {
        return Objects.requireNonNull(task.spec().uniqueHash());
    }
}
