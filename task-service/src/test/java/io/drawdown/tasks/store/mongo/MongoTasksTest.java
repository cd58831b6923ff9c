package io.drawdown.tasks.store.mongo;

import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.store.TaskStoreContract;
import io.drawdown.tasks.task.Ends;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.testing.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static com.mongodb.client.model.Filters.eq;
import static io.drawdown.tasks.testing.Tasks.AT;
import static io.drawdown.tasks.testing.Tasks.spec;
import static io.drawdown.tasks.testing.Tasks.waiting;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoTasksTest extends TaskStoreContract {

    private static final int MOST_BYTES = 600;

    private final MongoTasks tasks = Arc.container().instance(MongoTasks.class).get();

    @Override
    protected TaskStore store() {
        return tasks;
    }

    @BeforeEach
    void empty() {
        now(tasks.deleteAll());
    }

    @Test
    void absentFieldsAreNotStored() {
        // Given
        TaskDocument task = waiting("tsk_a");
        TaskDocument sent = task.trimmed(task.outbox().seq());
        // When
        now(tasks.insertAll(List.of(sent)));
        // Then
        BsonDocument stored = stored("tsk_a");
        assertThat(stored.keySet()).containsExactly("_id", "revision", "spec", "state", "counters", "outbox");
        assertThat(stored.getDocument("spec").keySet())
                .containsExactlyInAnyOrder("type", "payload", "lane", "tenant", "sender");
        assertThat(stored.getDocument("state").keySet()).containsExactlyInAnyOrder("name", "ready");
        assertThat(stored.getDocument("outbox").keySet()).containsExactly("seq");
    }

    @Test
    void taskThatDidNothingIsSmall() {
        // Given
        String id = "tsk_01kb6c8q2v0000abcdefghjkmn";
        String owner = "0123456789abcdef0123456789abcdef";
        TaskDocument queued = waiting(id, spec("echo", "tenant-123", AT));
        TaskDocument claimed = Runs.claim(queued, owner, AT.plusMillis(5)).written(owner, 1);
        TaskDocument completed =
                Runs.complete(claimed, "{}", Policy.DEFAULT, AT.plusMillis(9)).written(owner, 2);
        // When
        now(tasks.insertAll(List.of(completed)));
        now(tasks.trim(Map.of(id, completed.outbox().seq())));
        // Then
        RawBsonDocument stored = stored(id);
        int bytes = stored.getByteBuffer().remaining();
        assertThat(bytes).as(stored.toJson()).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void taskThatWasRevivedSinceItWasToBeRemovedStays() {
        // Given
        TaskDocument over = Ends.cancel(waiting("tsk_a"), Policy.DEFAULT, AT).written("w-1", 2);
        TaskDocument unsent = Ends.cancel(waiting("tsk_b"), Policy.DEFAULT, AT).written("w-1", 1);
        TaskDocument revived = Ends.revive(Ends.cancel(waiting("tsk_c"), Policy.DEFAULT, AT), null, AT)
                .written("w-2", 3);
        now(tasks.insertAll(List.of(over, unsent, revived)));
        // When
        int removed = now(tasks.removeAmong(
                List.of("tsk_a", "tsk_b", "tsk_c"),
                AT.plus(Policy.DEFAULT.keep()).plusMillis(1)));
        // Then
        assertThat(removed).isEqualTo(1);
        assertThat(now(tasks.getAll(List.of("tsk_a", "tsk_b", "tsk_c")))).containsExactlyInAnyOrder(unsent, revived);
    }

    private RawBsonDocument stored(String id) {
        return Objects.requireNonNull(now(tasks.mongoCollection()
                .withDocumentClass(RawBsonDocument.class)
                .find(eq("_id", id))
                .toUni()));
    }
}
