package io.drawdown.tasks.store;

import io.drawdown.tasks.store.InstanceCounters.Cut;
import io.drawdown.tasks.store.InstanceCounters.Load;
import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static org.assertj.core.api.Assertions.assertThat;

/** What each store of counters promises. It is empty before each test. */
public abstract class CounterStoreContract {

    protected abstract CounterStore store();

    @Test
    void countersBeginOnce() {
        // When
        now(store().begin(counters("a", 1)));
        now(store().begin(counters("a", 2)));
        now(store().begin(counters("b", 1)));
        // Then
        assertThat(now(store().all(10))).containsExactlyInAnyOrder(counters("a", 1), counters("b", 1));
        assertThat(now(store().all(1))).hasSize(1);
    }

    @Test
    void laterCountersReplaceEarlierOnesAndNotTheOtherWayRound() {
        // Given
        now(store().begin(counters("a", 1)));
        // When Then
        assertThat(now(store().publish(counters("a", 3)))).isTrue();
        assertThat(now(store().publish(counters("a", 2)))).isTrue();
        assertThat(now(store().all(10))).containsExactly(counters("a", 3));
    }

    @Test
    void countersThatWereRemovedDoNotComeBack() {
        // Given
        now(store().begin(counters("a", 1)));
        now(store().begin(counters("b", 1)));
        // When
        now(store().remove(List.of("a", "none")));
        now(store().remove(List.of()));
        // Then
        assertThat(now(store().publish(counters("a", 2)))).isFalse();
        assertThat(now(store().all(10))).containsExactly(counters("b", 1));
    }

    @Test
    void recountIsReplacedByItsNextRevisionOnly() {
        // Given
        assertThat(now(store().recounted())).isEqualTo(Recounted.NEVER);
        Recounted claimed = Recounted.NEVER.claimed(AT, AT.plusSeconds(60));
        Recounted found = recounted(2);
        // When Then
        assertThat(now(store().replace(claimed))).isTrue();
        assertThat(now(store().replace(claimed))).isFalse();
        assertThat(now(store().recounted())).isEqualTo(claimed);
        assertThat(now(store().replace(found))).isTrue();
        assertThat(now(store().replace(recounted(2)))).isFalse();
        assertThat(now(store().replace(recounted(4)))).isFalse();
        assertThat(now(store().recounted())).isEqualTo(found);
    }

    private static InstanceCounters counters(String id, long number) {
        return new InstanceCounters(
                id,
                number,
                AT.plusSeconds(number),
                new Load(3, 256),
                List.of(new StateTally("echo", Lane.HIGH, TaskState.Name.PENDING, 7, 3)),
                List.of(new TenantTally("a.b", 1, -2, 3)),
                List.of(new TypeMinute("echo", 5, 4, 1)),
                number == 1 ? null : new Cut(AT, List.of(), List.of()));
    }

    private static Recounted recounted(long rev) {
        return new Recounted(
                Recounted.ID,
                rev,
                AT.plusSeconds(600),
                AT,
                AT,
                List.of("a"),
                List.of(new StateCount("echo", Lane.LOW, TaskState.Name.DEAD, -4)),
                List.of(new TenantTally(TenantTally.OTHERS, 1, 2, 3)));
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }
}
