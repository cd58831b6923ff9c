package io.drawdown.tasks.enqueue;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.config.TasksSettings;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.Spec.Sender;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import io.drawdown.tasks.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnqueuingTest {

    private final World world = new World();

    @Test
    void anInsertWhoseAnswerIsLostMakesOneTaskThatRunsOnce() {
        // Given
        world.tasks.calls.failNext(Call.INSERT_ALL, Fault.ANSWER_LOST);
        // When
        TaskDocument task = world.send(world.spec("echo"));
        world.pass(5_000);
        // Then
        assertThat(world.tasks.documents).containsOnlyKeys(task.id());
        assertThat(world.handlers.ids()).containsExactly(task.id());
    }

    @Test
    void anInsertThatNeverArrivedIsRepeated() {
        // Given
        world.tasks.calls.failNext(Call.INSERT_ALL, Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        // When
        TaskDocument task = world.send(world.spec("echo"));
        // Then
        assertThat(world.tasks.documents).containsOnlyKeys(task.id());
    }

    @Test
    void withoutDatabaseNothingIsAccepted() {
        // Given
        world.tasks.calls.away = true;
        // When, Then
        assertThatThrownBy(() -> world.send(world.spec("echo"))).isInstanceOf(Unavailable.class);
        world.tasks.calls.away = false;
        world.pass(20_000);
        assertThat(world.tasks.documents).isEmpty();
        assertThat(world.core.health().running()).as("the slot is free again").isZero();
    }

    @Test
    void withoutDatabaseNothingWaitsForItsOrderKeyEither() {
        // Given
        world.tasks.calls.away = true;
        assertThatThrownBy(() -> world.send(world.spec("echo"))).isInstanceOf(Unavailable.class);
        Labels labels = new Labels(null, null, null, null, "k");
        Spec plain = world.spec("echo");
        Spec ordered = new Spec(plain.type(), "{}", plain.lane(), plain.tenant(), plain.sender(), labels, null);
        List<Throwable> faults = new ArrayList<>();
        // When
        for (Spec spec : List.of(plain, ordered)) {
            world.core.enqueue(new NewTask(null, spec, null)).subscribe().with(answer -> {}, faults::add);
        }
        // Then
        assertThat(faults).hasSize(1);
        world.pass(10);
        assertThat(faults).hasSize(2).hasOnlyElementsOfType(Unavailable.class);
        assertThat(world.orderKeys.counters).isEmpty();
    }

    @Test
    void aFaultAfterALostAnswerIsUnknownNotUnavailable() {
        // Given
        world.tasks.calls.failNext(Call.INSERT_ALL, Fault.ANSWER_LOST, Fault.UNAVAILABLE);
        // When, Then
        assertThatThrownBy(() -> world.send(world.spec("echo"))).isInstanceOf(OutcomeUnknown.class);
        world.pass(5_000);
        assertThat(world.handlers.started).as("what it left is found and runs").hasSize(1);
    }

    @Test
    void whileTheDatabaseIsFrozenTheOutcomeIsUnknownAfterADeadline() {
        // Given
        world.latency = Duration.ofSeconds(5);
        world.tasks.calls.failNext(
                Call.INSERT_ALL,
                Fault.REQUEST_LOST,
                Collections.nCopies(20, Fault.REQUEST_LOST).toArray(Fault[]::new));
        List<Throwable> faults = new ArrayList<>();
        // When
        world.core
                .enqueue(new NewTask(null, world.spec("echo"), null))
                .subscribe()
                .with(answer -> {}, faults::add);
        world.pass(15_500);
        // Then
        assertThat(faults).hasOnlyElementsOfType(OutcomeUnknown.class).hasSize(1);
        world.pass(60_000);
        assertThat(world.tasks.calls.count(Call.INSERT_ALL)).isLessThanOrEqualTo(3);
        assertThat(world.core.health().running()).as("the slot is free again").isZero();
    }

    @Test
    void anInsertThatMayStillArriveIsNotDeduplicated() {
        // Given
        world.send(unique("k"));
        world.tasks.calls.failNext(Call.INSERT_ALL, Fault.REQUEST_LOST);
        // When, Then
        assertThatThrownBy(() -> world.send(unique("k"))).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void theSameKeyAndBodyAreTheSameTask() {
        // Given
        NewTask wanted = keyed("hash-1");
        Enqueued first = world.answer(wanted);
        world.handlers.last().completes("{}");
        world.pass(100);
        // When
        Enqueued again = world.answer(wanted);
        Enqueued other = world.answer(keyed("hash-2"));
        // Then
        assertThat(first).isInstanceOf(Enqueued.Accepted.class);
        assertThat(again).isInstanceOfSatisfying(Enqueued.Repeated.class, repeated -> assertThat(
                        repeated.task().state().name())
                .isEqualTo(Name.COMPLETED));
        assertThat(other).isInstanceOf(Enqueued.KeyReused.class);
        assertThat(world.handlers.started).hasSize(1);
        assertThat(world.core.health().running()).isZero();
    }

    private NewTask keyed(String hash) {
        Spec spec = world.spec("echo");
        Sender sender = new Sender("gateway", world.now(), hash, null);
        return new NewTask(
                TaskIds.of("gateway", "/tasks", "key", 0),
                new Spec("echo", "{}", spec.lane(), spec.tenant(), sender, null, null),
                null);
    }

    @Test
    void of64AtOnceWithOneUniqueKeyOneIsStored() {
        // When
        List<Enqueued> answers = new ArrayList<>();
        for (int each = 0; each < 64; each++) {
            world.core.enqueue(new NewTask(null, unique("k"), null)).subscribe().with(answers::add);
        }
        world.pass(2_000);
        // Then
        assertThat(answers).hasSize(64);
        Set<String> ids = answers.stream()
                .map(answer -> switch (answer) {
                    case Enqueued.Accepted(TaskDocument task) -> task.id();
                    case Enqueued.Deduplicated(TaskDocument holder) -> holder.id();
                    default -> throw new AssertionError("unexpected: " + answer);
                })
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        assertThat(world.handlers.started).hasSize(1);
    }

    @Test
    void aUniqueKeyIsFreeOnceItsTaskIsOver() {
        // Given
        TaskDocument first = world.send(unique("k"));
        world.handlers.last().completes("{}");
        world.pass(100);
        // When
        TaskDocument second = world.send(unique("k"));
        // Then
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void aUniqueKeyIsThatOfItsTenantAndType() {
        // Given
        Spec held = unique("k");
        world.send(held);
        Spec otherTenant = new Spec("echo", "{}", held.lane(), "globex", held.sender(), held.labels(), null);
        Spec otherType = new Spec("mail", "{}", held.lane(), held.tenant(), held.sender(), held.labels(), null);
        // When, Then
        for (Spec other : List.of(otherTenant, otherType)) {
            assertThat(world.answer(new NewTask(null, other, null))).isInstanceOf(Enqueued.Accepted.class);
        }
        assertThat(world.answer(new NewTask(null, held, null))).isInstanceOf(Enqueued.Deduplicated.class);
    }

    @Test
    void anAnswerThatNamesTheHolderIsNotRememberedUnderTheIdempotencyKey() {
        // Given
        TaskDocument holder = world.send(unique("k"));
        Sender sender = new Sender("gateway", world.now(), "hash-1", null);
        Spec keyed = new Spec(
                "echo",
                "{}",
                holder.spec().lane(),
                "acme",
                sender,
                holder.spec().labels(),
                null);
        NewTask wanted = new NewTask(TaskIds.of("gateway", "/tasks", "key", 0), keyed, null);
        assertThat(world.answer(wanted)).isInstanceOf(Enqueued.Deduplicated.class);
        // When
        world.handlers.last().completes("{}");
        world.pass(100);
        // Then
        assertThat(world.answer(wanted)).isInstanceOf(Enqueued.Accepted.class);
        assertThat(world.answer(wanted)).isInstanceOf(Enqueued.Repeated.class);
    }

    @Test
    void aKeyWhoseHoldersComeAndGoIsTriedSixteenTimesMore() {
        // Given: whenever it looks, the holder that refused it is gone
        TaskDocument holder = world.send(unique("k"));
        world.tasks.hideHolders = true;
        int before = world.tasks.calls.count(Call.INSERT_ALL);
        // When
        Enqueued answer = world.answer(new NewTask(null, unique("k"), null));
        // Then
        assertThat(answer).isInstanceOf(Enqueued.Contended.class);
        assertThat(world.tasks.calls.count(Call.INSERT_ALL) - before).isEqualTo(17);
        assertThat(world.tasks.documents).containsOnlyKeys(holder.id());
        assertThat(world.core.health().running()).isEqualTo(1);
    }

    private Spec unique(String key) {
        Spec spec = world.spec("echo");
        Labels labels = new Labels(null, null, null, key, null);
        return new Spec(spec.type(), "{}", spec.lane(), spec.tenant(), spec.sender(), labels, null);
    }

    @Test
    void aTaskDoesNotOvertakeThoseThatWait() {
        // Given
        for (int each = 0; each < 6; each++) {
            world.send(world.spec("echo"));
        }
        world.handlers.started.getFirst().completes("{}");
        // When
        TaskDocument late = world.send(world.spec("echo"));
        world.pass(50);
        // Then
        assertThat(world.handlers.ids()).doesNotContain(late.id()).isSorted();
    }

    @Test
    void tooManyBytesAtOnceAreRefusedButOneTaskAlwaysPasses() {
        // Given
        Spec large = sized(world.spec("echo"), 6_000);
        Spec huge = sized(world.spec("echo"), 12_000);
        List<Enqueued> answers = new ArrayList<>();
        // When
        for (Spec spec : List.of(large, large, world.spec("echo"))) {
            world.core.enqueue(new NewTask(null, spec, null)).subscribe().with(answers::add);
        }
        world.pass(100);
        // Then
        assertThat(answers).filteredOn(Enqueued.Full.class::isInstance).hasSize(1);
        assertThat(world.tasks.documents).hasSize(2);
        assertThat(world.answer(new NewTask(null, huge, null))).isInstanceOf(Enqueued.Accepted.class);
        assertThat(world.answer(new NewTask(null, large, null))).isInstanceOf(Enqueued.Accepted.class);
    }

    private static Spec sized(Spec spec, int payload) {
        String text = "\"" + "x".repeat(payload - 2) + "\"";
        return new Spec(spec.type(), text, spec.lane(), spec.tenant(), spec.sender(), null, null);
    }

    @Test
    void tooManyAtOnceAreRefused() {
        // Given
        World small = new World(new TasksSettings("tasks-1", 6, 10_000, 3, 1_000, Duration.ofSeconds(30)));
        List<Enqueued> answers = new ArrayList<>();
        // When
        for (int each = 0; each < 5; each++) {
            small.core
                    .enqueue(new NewTask(null, small.spec("echo"), null))
                    .subscribe()
                    .with(answers::add);
        }
        small.pass(100);
        // Then
        assertThat(answers).filteredOn(new Enqueued.Full(1)::equals).hasSize(2);
        assertThat(small.tasks.documents).hasSize(3);
    }
}
