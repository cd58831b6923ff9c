package io.drawdown.tasks.api;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.tasks.stats.Depths;
import io.drawdown.tasks.stats.Depths.Members;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.store.TaskPages.Filter;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NarrowListTest {

    private static Depths pending(long count) {
        StateCount state = new StateCount("echo", Lane.NORMAL, TaskState.Name.PENDING, count);
        return new Depths(List.of(state), List.of(), List.of(), new Members(1, 0, 8), null);
    }

    private static Filter filter(@Nullable String type, TaskState.Name state) {
        return new Filter(null, type, null, null, null, state);
    }

    @Test
    void aStateAloneIsEnoughForTenThousandTasks() {
        Filter state = filter(null, TaskState.Name.PENDING);
        assertThatCode(() -> TaskListResource.requireNarrow(state, pending(10_000)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TaskListResource.requireNarrow(state, pending(10_001)))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.type())
                        .isEqualTo(ProblemType.LIST_TOO_BROAD));
    }

    @Test
    void anotherStateOrATypeIsNotBoundByThat() {
        assertThatCode(() -> {
                    TaskListResource.requireNarrow(filter(null, TaskState.Name.SCHEDULED), pending(10_001));
                    TaskListResource.requireNarrow(filter("echo", TaskState.Name.PENDING), pending(10_001));
                })
                .doesNotThrowAnyException();
    }
}
