package io.drawdown.tasks.enqueue;

import io.drawdown.tasks.store.OrderKey;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.World;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OrderKeysTest {

    private final World world = new World();

    @Test
    void tasksOfOneKeyRunOneAfterTheOther() {
        // Given
        TaskDocument first = send("k");
        TaskDocument second = send("k");
        TaskDocument third = send("k");
        TaskDocument other = send("other");
        world.pass(200);
        assertThat(world.handlers.ids()).containsExactly(first.id(), other.id());
        // When
        world.handlers.started.getFirst().completes("{}");
        world.pass(200);
        // Then
        assertThat(world.handlers.ids()).containsExactly(first.id(), other.id(), second.id());
        world.handlers.last().completes("{}");
        world.pass(200);
        assertThat(world.handlers.last().task.id()).isEqualTo(third.id());
    }

    @Test
    void aRetryOfTheHeadHoldsUpThoseBehindIt() {
        // Given
        TaskDocument first = send("k");
        TaskDocument second = send("k");
        world.pass(200);
        // When
        world.handlers.last().fails(Reason.TEMPORARY, "away");
        world.pass(31_000);
        // Then
        assertThat(world.handlers.ids()).containsExactly(first.id(), first.id());
        world.handlers.last().fails(Reason.PERMANENT, "broken");
        world.pass(500);
        assertThat(world.handlers.last().task.id()).isEqualTo(second.id());
    }

    @Test
    void aHeadThatIsDeadOrCancelledWhileItRanLetsTheNextOneGo() {
        // Given
        TaskDocument dead = send("k");
        TaskDocument cancelled = send("k");
        TaskDocument third = send("k");
        world.pass(200);
        // When
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(world.handlers.last().task.id()).isEqualTo(dead.id());
            world.handlers.last().fails(Reason.TEMPORARY, "away");
            world.pass(31_000);
        }
        // Then
        assertThat(world.tasks.one(dead.id()).state().name()).isEqualTo(Name.DEAD);
        assertThat(world.handlers.last().task.id()).isEqualTo(cancelled.id());
        world.now(world.core.control().cancel(cancelled.id()));
        world.handlers.last().stops();
        world.pass(500);
        assertThat(world.handlers.last().task.id()).isEqualTo(third.id());
    }

    @Test
    void aPauseOfTheHeadHoldsUpThoseBehindItWhateverTheirType() {
        // Given
        world.now(world.core.queues().pause("echo").replaceWith("paused"));
        TaskDocument head = send("k");
        Spec mail = world.spec("mail");
        TaskDocument behind = world.send(new Spec(
                mail.type(),
                "{}",
                mail.lane(),
                mail.tenant(),
                mail.sender(),
                head.spec().labels(),
                null));
        // When
        world.pass(5_000);
        // Then
        assertThat(world.handlers.started).isEmpty();
        world.now(world.core.queues().resume("echo").replaceWith("resumed"));
        world.pass(500);
        assertThat(world.handlers.ids()).containsExactly(head.id());
        world.handlers.last().completes("{}");
        world.pass(500);
        assertThat(world.handlers.ids()).containsExactly(head.id(), behind.id());
    }

    @Test
    void aTaskWithAnOrderKeyIsNeverBornRunning() {
        // Given
        Spec spec = world.spec("echo");
        Labels labels = new Labels(null, null, null, null, "k");
        Spec ordered = new Spec(spec.type(), "{}", spec.lane(), spec.tenant(), spec.sender(), labels, null);
        // When
        Enqueued answer = world.answer(new NewTask(null, ordered, null));
        // Then
        assertThat(answer).isInstanceOfSatisfying(Enqueued.Accepted.class, accepted -> assertThat(
                        accepted.task().state().name())
                .isEqualTo(Name.PENDING));
    }

    @Test
    void aCancelledHeadLetsTheNextOneGo() {
        // Given
        send("k");
        TaskDocument second = send("k");
        TaskDocument third = send("k");
        world.pass(200);
        world.now(world.core.control().cancel(second.id()));
        // When
        world.handlers.last().completes("{}");
        world.pass(500);
        // Then
        assertThat(world.handlers.last().task.id()).isEqualTo(third.id());
        assertThat(world.tasks.one(second.id()).state().name()).isEqualTo(Name.CANCELLED);
    }

    @Test
    void aReplayedTaskIsTheLastOfItsKey() {
        // Given
        TaskDocument first = send("k");
        world.pass(200);
        world.handlers.last().fails(Reason.PERMANENT, "broken");
        TaskDocument second = send("k");
        world.pass(200);
        // When
        world.now(world.core.control().replay(first.id()));
        world.pass(500);
        // Then
        assertThat(world.handlers.last().task.id()).isEqualTo(second.id());
        world.handlers.last().completes("{}");
        world.pass(500);
        assertThat(world.handlers.last().task.id()).isEqualTo(first.id());
        assertThat(world.handlers.last().task.counters().life()).isEqualTo(2);
    }

    @Test
    void aCounterOfADayAgoIsRemovedUnlessATaskOfItsKeyIsOpen() {
        // Given
        send("over");
        TaskDocument open = send("open");
        world.pass(200);
        world.handlers.started.getFirst().completes("{}");
        world.orderKeys.now = world.now();
        TaskDocument fresh = send("fresh");
        // When
        world.now(world.core.removeOld());
        // Then
        assertThat(world.orderKeys.counters)
                .containsOnlyKeys(open.spec().orderHash(), fresh.spec().orderHash());
        assertThat(world.orderKeys.counters.values())
                .extracting(OrderKey::usedAt)
                .containsOnly(world.orderKeys.now);
    }

    private TaskDocument send(String key) {
        Spec spec = world.spec("echo");
        Labels labels = new Labels(null, null, null, null, key);
        return world.send(new Spec(spec.type(), "{}", spec.lane(), spec.tenant(), spec.sender(), labels, null));
    }
}
