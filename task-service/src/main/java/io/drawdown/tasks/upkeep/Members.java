package io.drawdown.tasks.upkeep;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of the living instances looks after a task first. It only saves work: if the others are not sure, or are wrong, two
 * look at the same task, and one loses the race for it.
 */
public final class Members {

    private List<String> living = List.of();
    private int mine;

    /** @param others the other incarnations that live */
    void update(String me, Collection<String> others) {
        living = Stream.concat(Stream.of(me), others.stream())
                .distinct()
                .sorted()
                .toList();
        mine = living.indexOf(me);
    }

    /** Whether this instance comes first. */
    public boolean isMine(String taskId) {
        return living.size() <= 1 || Math.floorMod(taskId.hashCode(), living.size()) == mine;
    }
}
