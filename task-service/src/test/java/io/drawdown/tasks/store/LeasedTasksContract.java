package io.drawdown.tasks.store;

import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Leases.Grant;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.leased;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

/** How leases of workers elsewhere are found in any store of tasks. */
public abstract class LeasedTasksContract {

    private static final Policy POLICY = Policy.DEFAULT;

    protected abstract TaskStore store();

    @Test
    void leasesAreFoundByTheirSlotAndWhenTheyAreOver() {
        // Given
        TaskDocument second = leased("tsk_b", AT.plusSeconds(1));
        insert(
                leased("tsk_a", AT),
                second,
                leased("tsk_c", AT.plusSeconds(2)),
                Runs.claim(waiting("tsk_d"), "me", AT).written("w-1", 0));
        // Then
        assertThat(now(store().leasedIn(List.of("slot of tsk_b", "none")))).containsExactly(second);
        assertThat(now(store().leasedUntilBefore(AT.plusSeconds(32), 10))).containsExactlyInAnyOrder("tsk_a", "tsk_b");
        assertThat(now(store().leasedUntilBefore(AT.plusSeconds(32), 1))).hasSize(1);
    }

    @Test
    void slotIsOfOneLeaseUntilThatIsOver() {
        // Given
        TaskDocument holder = leased("tsk_a", AT);
        insert(holder, waiting("tsk_b"));
        Grant same = new Grant("ext:shop:w", Duration.ofSeconds(30), holder.lease());
        TaskDocument second = Leases.lease(waiting("tsk_b"), same, POLICY, AT).written("w-1", 0);
        // When Then
        assertThat(now(store().replaceAll(List.of(second)))).isEmpty();
        now(store().replaceAll(List.of(Runs.crash(holder, POLICY, AT).written("w-2", 0))));
        assertThat(now(store().replaceAll(List.of(second)))).containsExactly("tsk_b");
    }

    protected final void insert(TaskDocument... documents) {
        assertThat(now(store().insertAll(List.of(documents)))).doesNotContain(false);
    }

    protected static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }
}
