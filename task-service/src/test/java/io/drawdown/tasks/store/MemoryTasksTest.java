package io.drawdown.tasks.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.testing.Calls.Fault;
import io.drawdown.tasks.testing.MemoryTasks;
import io.drawdown.tasks.testing.MemoryTasks.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemoryTasksTest extends TaskStoreContract {

    private final MemoryTasks tasks = new MemoryTasks(Runnable::run);

    @Override
    protected TaskStore store() {
        return tasks;
    }

    @Test
    void eachCallFailsAsItWasTold() {
        // Given
        tasks.calls.failNext(Call.INSERT_ALL, Fault.UNAVAILABLE, Fault.REQUEST_LOST, Fault.ANSWER_LOST);
        // When, Then
        assertThatThrownBy(() -> now(tasks.insertAll(List.of(waiting("tsk_a")))))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> now(tasks.insertAll(List.of(waiting("tsk_b")))))
                .isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> now(tasks.insertAll(List.of(waiting("tsk_c")))))
                .isInstanceOf(OutcomeUnknown.class);
        now(tasks.insertAll(List.of(waiting("tsk_d"))));
        assertThat(tasks.documents.keySet()).containsExactly("tsk_c", "tsk_d");
        assertThat(tasks.calls.count(Call.INSERT_ALL)).isEqualTo(4);
    }

    @Test
    void storeThatIsAwayAnswersNothing() {
        // Given
        tasks.calls.away = true;
        // When, Then
        assertThatThrownBy(() -> now(tasks.get("tsk_a"))).isInstanceOf(Unavailable.class);
        tasks.calls.away = false;
        assertThat(now(tasks.get("tsk_a"))).isEmpty();
    }
}
