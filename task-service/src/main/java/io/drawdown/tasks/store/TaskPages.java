package io.drawdown.tasks.store;

import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.task.TaskState.Ready;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.time.temporal.ChronoUnit.MILLIS;

/** Lists of tasks, for people. No decision rests on them. Fails as {@link TaskStore} does, on any thread. */
public interface TaskPages {

    /** The tasks that fit, the latest first, without payloads, results, steps and logs. */
    Uni<List<TaskDocument>> page(Query query);

    /**
     * How many tasks of its tenant are before that task, which has this place in the queue; counts up to {@code most}. Of tasks of one
     * moment, as those of a batch are, the one with the smaller id is before the other.
     */
    Uni<Integer> ahead(Ready place, String id, int most);

    /**
     * @param created when the tasks were sent
     * @param after where the page before ended; null for the first one
     * @param limit of the page
     */
    record Query(Filter filter, Range created, @Nullable Position after, int limit) {}

    /** What the tasks have in common. Null: anything. */
    record Filter(
            @Nullable String account,
            @Nullable String type,
            @Nullable String tag,
            @Nullable String tenant,
            @Nullable Lane lane,
            TaskState.@Nullable Name state) {

        /** Whether it is answered without reading all tasks that there are. */
        public boolean isNarrow() {
            return isIndexed() || (state != null && !state.isTerminal());
        }

        /** Whether an index leads to its tasks in the order of a list. */
        public boolean isIndexed() {
            return account != null || type != null || tag != null || tenant != null;
        }
    }

    /**
     * @param from the earliest; null: whenever
     * @param until after the latest; null: whenever
     */
    record Range(@Nullable Instant from, @Nullable Instant until) {}

    /** A place in a list. */
    record Position(Instant createdAt, String id) implements Comparable<Position> {

        public static Position of(TaskDocument task) {
            return new Position(task.spec().sender().createdAt(), task.id());
        }

        /** @param cursor one that {@link #cursor} gave */
        public static Position of(String cursor) {
            int dot = cursor.indexOf('.');
            return new Position(
                    Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dot))), cursor.substring(dot + 1));
        }

        /** Later tasks are greater. */
        @Override
        public int compareTo(Position other) {
            int byTime = createdAt.truncatedTo(MILLIS).compareTo(other.createdAt.truncatedTo(MILLIS));
            return byTime == 0 ? id.compareTo(other.id) : byTime;
        }

        public String cursor() {
            return createdAt.toEpochMilli() + "." + id;
        }
    }
}
