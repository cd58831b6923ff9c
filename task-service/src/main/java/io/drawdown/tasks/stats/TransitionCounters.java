package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What this process has done to the numbers of tasks since it started. Tenants are counted while their tasks are not over, so one
 * whose tasks came and went here takes no room; of those that are left {@value #MOST_TENANTS} are told apart. Belongs to the
 * thread of the core.
 */
final class TransitionCounters {

    static final int MOST_TENANTS = 256;

    private final Map<Place, Counts> states = new TreeMap<>();
    private final Map<String, Open> tenants = new TreeMap<>();

    private static final class Counts {
        private long entered;
        private long left;
    }

    /** Tasks of a tenant that are not over. */
    private static final class Open {
        private long scheduled;
        private long pending;
        private long processing;

        void add(TaskState.Name state, int count) {
            switch (state) {
                case SCHEDULED -> scheduled += count;
                case PENDING -> pending += count;
                case PROCESSING -> processing += count;
                case COMPLETED, FAILED, CANCELLED, DEAD -> {}
            }
        }

        boolean isNothing() {
            return scheduled == 0 && pending == 0 && processing == 0;
        }
    }

    void count(StateChange change) {
        if (change.isSame()) {
            return;
        }
        @Nullable Standing left = change.left();
        @Nullable Standing entered = change.entered();
        if (left != null) {
            at(left).left++;
            add(left, -1);
        }
        if (entered != null) {
            at(entered).entered++;
            add(entered, 1);
        }
    }

    private Counts at(Standing standing) {
        return states.computeIfAbsent(Place.of(standing), absent -> new Counts());
    }

    private void add(Standing standing, int count) {
        if (standing.state().isTerminal()) {
            return;
        }
        boolean isNamed = tenants.containsKey(standing.tenant()) || tenants.size() < MOST_TENANTS;
        String tenant = isNamed ? standing.tenant() : TenantTally.OTHERS;
        Open open = tenants.computeIfAbsent(tenant, absent -> new Open());
        open.add(standing.state(), count);
        if (open.isNothing()) {
            tenants.remove(tenant);
        }
    }

    /** All begins at zero again. */
    void clear() {
        states.clear();
        tenants.clear();
    }

    List<StateTally> states() {
        return states.entrySet().stream()
                .map(each -> tally(each.getKey(), each.getValue()))
                .toList();
    }

    private static StateTally tally(Place place, Counts counts) {
        return new StateTally(place.type(), place.lane(), place.state(), counts.entered, counts.left);
    }

    List<TenantTally> tenants() {
        return tenants.entrySet().stream()
                .map(each -> tally(each.getKey(), each.getValue()))
                .toList();
    }

    private static TenantTally tally(String tenant, Open open) {
        return new TenantTally(tenant, open.scheduled, open.pending, open.processing);
    }
}
