package io.drawdown.tasks.bulk;

import io.drawdown.tasks.bulk.BulkAction.Kind;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.States;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.spec;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

class BulkActionTest {

    private static final Instant ASKED = AT.plusSeconds(60);
    private static final BulkAction LATER = new BulkAction(Kind.MOVE, null, ASKED.plusSeconds(60));

    @ParameterizedTest
    @CsvSource({
        "SCHEDULED,, NOT_OVER,",
        "PENDING,, NOT_OVER,",
        "BLOCKED,, NOT_OVER,",
        "PROCESSING,, NOT_OVER, RUNNING",
        "SUSPECT, ALREADY, NOT_OVER, RUNNING",
        "COMPLETED, OVER, COMPLETED, OVER",
        "FAILED, OVER,, OVER",
        "CANCELLED, OVER,, OVER",
        "DEAD, OVER,, OVER"
    })
    void actionLeavesATaskToWhichItDoesNotApply(
            States state, @Nullable Skip cancel, @Nullable Skip retry, @Nullable Skip move) {
        TaskDocument task = state.task();
        assertThat(new BulkAction(Kind.CANCEL, null, null).skips(task, ASKED)).isEqualTo(cancel);
        assertThat(BulkAction.RETRY.skips(task, ASKED)).isEqualTo(retry);
        assertThat(new BulkAction(Kind.MOVE, Lane.LOW, null).skips(task, ASKED)).isEqualTo(move);
    }

    @Test
    void whatWasSentOrEndedLaterIsLeftAsItIs() {
        for (Kind kind : Kind.values()) {
            assertThat(new BulkAction(kind, Lane.LOW, null).skips(waiting("tsk_a"), AT))
                    .isEqualTo(Skip.LATER);
        }
        assertThat(BulkAction.RETRY.skips(States.DEAD.task(), AT.plusMillis(1))).isNull();
        assertThat(BulkAction.RETRY.skips(States.DEAD.task(), AT)).isEqualTo(Skip.LATER);
    }

    @Test
    void taskThatIsWhereItShouldBeIsNotMoved() {
        assertThat(new BulkAction(Kind.MOVE, Lane.NORMAL, null).skips(waiting("tsk_a"), ASKED))
                .isEqualTo(Skip.ALREADY);
        assertThat(LATER.skips(waiting("tsk_a"), ASKED)).isNull();
    }

    @Test
    void taskWithAnOrderKeyHasNoTime() {
        assertThat(LATER.skips(States.REVIVED.task(), ASKED)).isEqualTo(Skip.ORDER_KEY);
    }

    @Test
    void actionTouchesNoBulkAction() {
        TaskDocument action = waiting("tsk_a", spec(BulkActionHandler.TYPE, "acme", AT));
        for (Kind kind : Kind.values()) {
            assertThat(new BulkAction(kind, null, null).skips(action, ASKED)).isEqualTo(Skip.BULK_ACTION);
        }
    }
}
