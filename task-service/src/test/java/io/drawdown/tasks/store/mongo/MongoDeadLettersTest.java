package io.drawdown.tasks.store.mongo;

import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.store.DeadLetters.DeadTask;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.testing.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.moment;
import static io.drawdown.tasks.testing.Tasks.spec;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoDeadLettersTest {

    private static final Policy ONCE = new Policy(
            0,
            Policy.DEFAULT.timeout(),
            Policy.DEFAULT.firstBackoff(),
            Policy.DEFAULT.longestBackoff(),
            Policy.DEFAULT.resultTtl(),
            Policy.DEFAULT.keep());

    private final MongoTasks tasks = Arc.container().instance(MongoTasks.class).get();
    private final MongoDeadLetters letters =
            Arc.container().instance(MongoDeadLetters.class).get();

    @BeforeEach
    void fourDeadTasksAndOneThatLivesAgain() {
        now(tasks.deleteAll());
        TaskDocument revived = Ends.revive(dead("tsk_e", "echo", "away", 9), null, AT);
        now(tasks.insertAll(List.of(
                dead("tsk_a", "echo", "away", 1),
                dead("tsk_b", "mail", "away", 2),
                dead("tsk_d", "echo", "away", 3),
                dead("tsk_c", "echo", "refused", 3),
                revived.written("w-2", 5))));
    }

    @Test
    void thoseThatDiedLastAreFirstPageByPage() {
        // When
        List<DeadTask> first = now(letters.latest(null, DeadLetters.END, 2));
        List<DeadTask> second =
                now(letters.latest(null, first.getLast().letter().place(), 3));
        // Then
        assertThat(first).extracting(DeadTask::id).containsExactly("tsk_d", "tsk_c");
        assertThat(second).extracting(DeadTask::id).containsExactly("tsk_b", "tsk_a");
        assertThat(second.getLast().failure()).isEqualTo(new TaskFailure(Reason.TEMPORARY, "IOException", "away"));
        assertThat(second.getLast().at()).isEqualTo(AT.plusMillis(1));
    }

    @Test
    void thoseOfATypeAreFound() {
        assertThat(now(letters.latest("mail", DeadLetters.END, 9)))
                .extracting(DeadTask::id)
                .containsExactly("tsk_b");
    }

    @Test
    void thoseOfAGroupAreFoundPageByPage() {
        // Given
        String group = now(letters.latest("echo", DeadLetters.END, 1))
                .getFirst()
                .letter()
                .group();
        // When
        List<TaskDocument> first = now(letters.ofGroup(group, DeadLetters.END, 1));
        List<TaskDocument> second = now(letters.ofGroup(group, DeadLetters.placeOf(first.getLast()), 9));
        // Then
        assertThat(first).extracting(TaskDocument::id).containsExactly("tsk_d");
        assertThat(second).extracting(TaskDocument::id).containsExactly("tsk_a");
    }

    private static TaskDocument dead(String id, String type, String message, int millis) {
        TaskDocument run = Runs.claim(waiting(id, spec(type, "acme", AT)), "me", AT);
        TaskFailure failure = new TaskFailure(Reason.TEMPORARY, "IOException", message);
        return Runs.fail(run, failure, null, ONCE, moment(AT.plusMillis(millis)))
                .written("w-1", 0);
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
