package io.drawdown.tasks.bulk;

import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Name;
import io.drawdown.tasks.testing.Tasks;
import io.drawdown.tasks.testing.TestContext;
import io.drawdown.tasks.testing.World;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tasks in the world of a core, for actions to many of them: in the order of their ids. Of a group are those that are dead. */
final class ManyTasks implements BulkTasks {

    private static final Instant ASKED = new TestContext().sentAt();
    private static final Policy ONCE = new Policy(
            0,
            Policy.DEFAULT.timeout(),
            Policy.DEFAULT.firstBackoff(),
            Policy.DEFAULT.longestBackoff(),
            Policy.DEFAULT.resultTtl(),
            Policy.DEFAULT.keep());

    private final World world = new World();

    /** The tasks to which something was done, or was to be. */
    final List<String> acted = new ArrayList<>();

    private int left = Integer.MAX_VALUE;
    private int refused;

    void addDead(int count) {
        ids(count).forEach(id -> {
            TaskDocument run = Runs.claim(Tasks.waiting(id, spec()), "me", ASKED.minusSeconds(9));
            put(Runs.fail(run, Tasks.FAILURE, null, ONCE, Tasks.moment(ASKED.minusSeconds(5))));
        });
    }

    void addWaiting(int count) {
        ids(count).forEach(id -> put(Tasks.waiting(id, spec())));
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj("tsk_%026d"::formatted).toList();
    }

    /** Nobody here handles them. */
    private static Spec spec() {
        return Tasks.spec("elsewhere", "acme", ASKED.minusSeconds(10));
    }

    private void put(TaskDocument task) {
        TaskDocument written = task.written("w-1", task.outbox().seq());
        world.tasks.documents.put(task.id(), written);
    }

    /** It dies now. */
    void die(String id) {
        TaskDocument run = Runs.claim(one(id), "me", ASKED.plusSeconds(5));
        put(Runs.fail(run, Tasks.FAILURE, null, ONCE, Tasks.moment(ASKED.plusSeconds(6))));
    }

    /** The process dies after so many more tasks, once. */
    void breakAfter(int count) {
        left = count;
    }

    /** So many more tasks cannot be changed. */
    void refuse(int count) {
        refused = count;
    }

    TaskDocument one(String id) {
        return world.tasks.one(id);
    }

    Collection<TaskDocument> all() {
        return world.tasks.documents.values();
    }

    Collection<String> ids() {
        return world.tasks.documents.keySet();
    }

    @Override
    public Uni<Page> page(BulkPlan plan, @Nullable String cursor, @Nullable String until, int limit, Instant askedAt) {
        List<TaskDocument> after = all().stream()
                .filter(task -> cursor == null || task.id().compareTo(cursor) > 0)
                .filter(task -> until == null || task.id().compareTo(until) <= 0)
                .filter(task -> plan.group() == null || task.state().name() == Name.DEAD)
                .toList();
        boolean isMore = after.size() > limit;
        List<TaskDocument> page = isMore ? after.subList(0, limit) : after;
        return Uni.createFrom().item(new Page(page, isMore ? page.getLast().id() : null));
    }

    @Override
    public Uni<Optional<Skip>> act(BulkAction action, String taskId, Instant askedAt) {
        if (left-- == 0) {
            left = Integer.MAX_VALUE;
            throw new IllegalStateException("the process dies here");
        }
        acted.add(taskId);
        if (refused > 0) {
            refused--;
            return Uni.createFrom().failure(new IllegalStateException("away"));
        }
        return Uni.createFrom().item(world.now(TasksOfCore.act(world.core.control(), action, taskId, askedAt)));
    }
}
