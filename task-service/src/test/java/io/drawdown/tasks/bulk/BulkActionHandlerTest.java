package io.drawdown.tasks.bulk;

import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.tasks.bulk.BulkAction.Kind;
import io.drawdown.tasks.bulk.BulkActionHandler.Done;
import io.drawdown.tasks.handler.TemporaryFailure;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.TestContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BulkActionHandlerTest {

    private static final int MANY = 1_000;

    private final ManyTasks tasks = new ManyTasks();
    private final BulkActionHandler handler = new BulkActionHandler(tasks);

    @Test
    void everyDeadTaskOfAGroupLivesAgainAndTheProgressIsSeen() {
        // Given
        tasks.addDead(MANY);
        TestContext context = new TestContext();
        // When
        Done done = handler.handle(replay(MANY), context);
        // Then
        assertThat(done).isEqualTo(new Done(Kind.RETRY, MANY, MANY, Map.of(), 0, java.util.List.of(), null));
        assertThat(tasks.all()).allMatch(task -> task.counters().life() == 2);
        assertThat(context.progress()).hasSize(4);
        assertThat(context.progress().getLast().percent()).isEqualTo(100);
        assertThat(context.progress().getFirst().note()).isEqualTo("323 of 1000");
    }

    @Test
    void whatDiedAgainSinceItWasAskedForIsNotReplayedByASecondRun() {
        // Given
        tasks.addDead(MANY);
        tasks.breakAfter(500);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> handler.handle(replay(MANY), new TestContext()));
        String again = tasks.ids().stream()
                .filter(id -> tasks.one(id).counters().life() == 2)
                .findFirst()
                .orElseThrow();
        tasks.die(again);
        // When
        Done done = handler.handle(replay(MANY), new TestContext());
        // Then
        assertThat(done.done()).isEqualTo(500);
        assertThat(tasks.all()).allMatch(task -> task.counters().life() == 2);
        assertThat(tasks.one(again).state().name()).isEqualTo(Name.DEAD);
    }

    @Test
    void pageThatIsDoneIsNotDoneAgain() {
        // Given
        tasks.addWaiting(MANY);
        TestContext context = new TestContext();
        tasks.breakAfter(400);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handler.handle(cancel(MANY), context));
        tasks.acted.clear();
        // When
        Done done = handler.handle(cancel(MANY), context.nextAttempt());
        // Then
        assertThat(tasks.acted).hasSize(MANY - 400);
        assertThat(done.done()).isEqualTo(MANY - 77);
        assertThat(done.skipped()).isEqualTo(Map.of("over", 77));
        assertThat(tasks.all()).allMatch(TaskDocument::isOver);
    }

    @Test
    void actionEndsAtItsLimitEvenIfAPageIsDoneAgain() {
        // Given
        tasks.addDead(10);
        TestContext context = new TestContext();
        tasks.breakAfter(3);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handler.handle(replay(4), context));
        // When
        Done done = handler.handle(replay(4), context.nextAttempt());
        // Then
        assertThat(tasks.all().stream().filter(task -> task.counters().life() == 2))
                .hasSize(4);
        assertThat(done.nextCursor()).isEqualTo("tsk_%026d".formatted(3));
    }

    @Test
    void actionEndsAtItsLimitAndSaysWhereToGoOn() {
        // Given
        tasks.addWaiting(10);
        // When
        Done first = handler.handle(cancel(4), new TestContext());
        BulkPlan rest = new BulkPlan(cancel(4).action(), cancel(4).filter(), null, first.nextCursor(), 100);
        Done second = handler.handle(rest, new TestContext());
        // Then
        assertThat(first.done()).isEqualTo(4);
        assertThat(second.done()).isEqualTo(6);
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void itStopsBetweenPagesWhenItIsToldTo() {
        // Given
        tasks.addWaiting(10);
        TestContext context = new TestContext();
        context.cancel();
        // When Then
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> handler.handle(cancel(10), context))
                .withMessage("told to stop");
        assertThat(tasks.acted).isEmpty();
    }

    @Test
    void someFailuresAreCountedAndShown() {
        // Given
        tasks.addWaiting(30);
        tasks.refuse(20);
        // When
        Done done = handler.handle(cancel(30), new TestContext());
        // Then
        assertThat(done.failed()).isEqualTo(20);
        assertThat(done.done()).isEqualTo(10);
        assertThat(done.failures()).hasSize(10).allMatch(failure -> failure.message()
                .equals("away"));
    }

    @Test
    void pageOfWhichAllFailIsTriedAgain() {
        // Given
        tasks.addWaiting(30);
        tasks.refuse(30);
        // When Then
        assertThatExceptionOfType(TemporaryFailure.class)
                .isThrownBy(() -> handler.handle(cancel(30), new TestContext()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'action':{'kind':'retry'},'limit':1}",
                "{'action':{'kind':'retry'},'group':'g','filter':{},'limit':1}",
                "{'action':{'kind':'retry'},'group':'g','limit':0}",
                "{'action':{'kind':'retry'},'group':'g','limit':10001}"
            })
    void planThatIsNoneIsRefused(String json) {
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> Json.readStrictly(json.replace('\'', '"'), BulkPlan.class));
    }

    @Test
    void planComesBackAsItWasStored() {
        for (BulkPlan plan : new BulkPlan[] {replay(7), cancel(7)}) {
            assertThat(Json.readStrictly(Json.text(plan), BulkPlan.class)).isEqualTo(plan);
        }
    }

    private static BulkPlan replay(int limit) {
        return new BulkPlan(BulkAction.RETRY, null, "group", null, limit);
    }

    private static BulkPlan cancel(int limit) {
        TaskFilter filter = new TaskFilter(null, "echo", null, null, null, null, null, null);
        return new BulkPlan(new BulkAction(Kind.CANCEL, null, null), filter, null, null, limit);
    }
}
