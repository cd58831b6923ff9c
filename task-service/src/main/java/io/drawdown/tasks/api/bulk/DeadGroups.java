package io.drawdown.tasks.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.tasks.store.DeadLetters;
import io.drawdown.tasks.store.DeadLetters.DeadTask;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.TaskFailure;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dead tasks by what they died of.
 *
 * @param items the groups with most tasks first
 * @param groups how many groups there are among the tasks that were counted
 * @param counted how many dead tasks were counted, those that died last
 * @param atLeast whether there are more dead tasks than that; then each count is the least that it may be
 */
public record DeadGroups(List<DeadGroup> items, int groups, int counted, boolean atLeast) {

    /** Dead tasks that are counted. */
    static final int MOST_COUNTED = 10_000;

    private static final int PAGE = 1_000;
    private static final int SAMPLES = 3;

    /**
     * Tasks of one type that died in the same way.
     *
     * @param error the class of their exception; absent if there was none
     * @param samples those that died last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeadGroup(
            String group,
            String type,
            Reason reason,
            @Nullable String error,
            int count,
            Instant firstSeen,
            Instant lastSeen,
            List<DeadSample> samples) {

        private static DeadGroup of(List<DeadTask> tasks) {
            DeadTask last = tasks.getFirst();
            return new DeadGroup(
                    last.letter().group(),
                    last.letter().type(),
                    last.failure().reason(),
                    last.failure().error(),
                    tasks.size(),
                    tasks.getLast().at(),
                    last.at(),
                    tasks.stream().limit(SAMPLES).map(DeadSample::of).toList());
        }
    }

    /** One task of a group. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeadSample(
            String taskId, Instant at, @Nullable String message) {

        private static DeadSample of(DeadTask task) {
            TaskFailure failure = task.failure();
            return new DeadSample(task.id(), task.at(), failure.message());
        }
    }

    /**
     * Counts page by page.
     *
     * @param type of the tasks; null: any
     * @param most groups that are shown
     */
    static Uni<DeadGroups> read(DeadLetters letters, @Nullable String type, int most) {
        return latest(letters, type, List.of()).map(tasks -> {
            boolean isMore = tasks.size() > MOST_COUNTED;
            return of(isMore ? tasks.subList(0, MOST_COUNTED) : tasks, isMore, most);
        });
    }

    /** One more task than are counted, if there are so many. */
    private static Uni<List<DeadTask>> latest(DeadLetters letters, @Nullable String type, List<DeadTask> before) {
        int asked = Math.min(PAGE, MOST_COUNTED + 1 - before.size());
        String place =
                before.isEmpty() ? DeadLetters.END : before.getLast().letter().place();
        return letters.latest(type, place, asked).chain(found -> {
            List<DeadTask> all = new ArrayList<>(before);
            all.addAll(found);
            return found.size() < asked || all.size() > MOST_COUNTED
                    ? Uni.createFrom().item(all)
                    : latest(letters, type, all);
        });
    }

    /**
     * @param tasks those that died last first
     * @param most groups that are shown
     */
    static DeadGroups of(List<DeadTask> tasks, boolean isMore, int most) {
        Map<String, List<DeadTask>> byGroup = new LinkedHashMap<>();
        tasks.forEach(task -> byGroup.computeIfAbsent(task.letter().group(), group -> new ArrayList<>())
                .add(task));
        List<DeadGroup> largest = byGroup.values().stream()
                .map(DeadGroup::of)
                .sorted(Comparator.comparingInt(DeadGroup::count).reversed())
                .limit(most)
                .toList();
        return new DeadGroups(largest, byGroup.size(), tasks.size(), isMore);
    }
}
