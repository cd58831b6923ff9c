package io.drawdown.tasks.store.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a fault within a bulk means. */
@QuarkusTest
@TestProfile(IdleCore.class)
class BulkWritesTest {

    private final MongoException broken = new MongoSocketReadException("broken", new ServerAddress());
    private final MongoException noServer = new MongoTimeoutException("no server");

    private final ReactiveMongoCollection<TaskDocument> tasks =
            Arc.container().instance(MongoTasks.class).get().mongoCollection();
    private final TaskDocument there = waiting("tsk_" + UUID.randomUUID());
    private final TaskDocument claimed = Runs.claim(there, "me", AT).written("w-mine", 0);
    private final TaskDocument missing =
            Runs.claim(waiting("tsk_none"), "me", AT).written("w-mine", 0);

    @Test
    void replacementOfWhichNobodySaysWhatWasLostIsAnUnknownOutcome() {
        // Given
        now(new BulkWrites(tasks).insert(List.of(there)));
        BulkWrites bulks = new BulkWrites(failing(tasks, "find", noServer));
        // When, Then
        assertThatThrownBy(() -> now(bulks.replace(List.of(claimed, missing)))).isInstanceOf(OutcomeUnknown.class);
        assertThat(now(tasks.find().filter(claimed::equals).toUni())).isEqualTo(claimed);
    }

    @Test
    void replacementThatWinsEverythingIsNotReadAgain() {
        // Given
        now(new BulkWrites(tasks).insert(List.of(there)));
        BulkWrites bulks = new BulkWrites(failing(tasks, "find", noServer));
        // When, Then
        assertThat(now(bulks.replace(List.of(claimed)))).containsExactly(there.id());
    }

    @Test
    void bulkThatBreaksIsAnUnknownOutcomeAndOneThatNeverLeftIsNot() {
        assertThatThrownBy(() -> now(new BulkWrites(failing(tasks, "insertMany", broken)).insert(List.of(there))))
                .isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> now(new BulkWrites(failing(tasks, "insertMany", noServer)).insert(List.of(there))))
                .isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> now(new BulkWrites(failing(tasks, "bulkWrite", broken)).replace(List.of(claimed))))
                .isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> now(new BulkWrites(failing(tasks, "bulkWrite", noServer)).replace(List.of(claimed))))
                .isInstanceOf(Unavailable.class);
    }

    /** The collection, but that call of it fails. */
    @SuppressWarnings("unchecked") // the proxy has the interface of what it stands for
    private static <D> ReactiveMongoCollection<D> failing(
            ReactiveMongoCollection<D> collection, String call, MongoException fault) {
        return (ReactiveMongoCollection<D>) Proxy.newProxyInstance(
                BulkWritesTest.class.getClassLoader(),
                new Class<?>[] {ReactiveMongoCollection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        return method.getReturnType() == Multi.class
                                ? Multi.createFrom().failure(fault)
                                : Uni.createFrom().failure(fault);
                    }
                    try {
                        Object answer = method.invoke(collection, arguments);
                        return answer instanceof ReactiveMongoCollection<?> same ? failing(same, call, fault) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(10));
    }
}
