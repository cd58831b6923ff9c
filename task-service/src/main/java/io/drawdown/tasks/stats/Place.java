package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.TaskState;
import java.util.Comparator;

/** Where tasks of all tenants are counted. */
record Place(String type, Lane lane, TaskState.Name state) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::type).thenComparing(Place::lane).thenComparing(Place::state);

    static Place of(Standing standing) {
        return new Place(standing.type(), standing.lane(), standing.state());
    }

    StateCount with(long count) {
        return new StateCount(type, lane, state, count);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
