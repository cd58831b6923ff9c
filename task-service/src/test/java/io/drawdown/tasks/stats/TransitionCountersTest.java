package io.drawdown.tasks.stats;

import io.drawdown.tasks.store.InstanceCounters.StateTally;
import io.drawdown.tasks.store.InstanceCounters.TenantTally;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Standing;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TransitionCountersTest {

    private final TransitionCounters counters = new TransitionCounters();

    @Test
    void eachChangeCountsWhereTheTaskWasAndWhereItIs() {
        // When
        counters.count(new StateChange(null, at("acme", TaskState.Name.PENDING), null));
        counters.count(new StateChange(null, at("acme", TaskState.Name.PENDING), null));
        counters.count(change("acme", TaskState.Name.PENDING, TaskState.Name.PROCESSING));
        // Then
        assertThat(counters.states())
                .containsExactly(
                        new StateTally("echo", Lane.NORMAL, TaskState.Name.PENDING, 2, 1),
                        new StateTally("echo", Lane.NORMAL, TaskState.Name.PROCESSING, 1, 0));
        assertThat(counters.tenants()).containsExactly(new TenantTally("acme", 0, 1, 1));
    }

    @Test
    void changeWithinAStateCountsNothing() {
        counters.count(change("acme", TaskState.Name.PENDING, TaskState.Name.PENDING));
        assertThat(counters.states()).isEmpty();
    }

    @Test
    void tenantWhoseTasksCameAndWentTakesNoRoom() {
        // When
        for (int each = 0; each < 2 * TransitionCounters.MOST_TENANTS; each++) {
            counters.count(new StateChange(null, at("t-" + each, TaskState.Name.PENDING), null));
            counters.count(change("t-" + each, TaskState.Name.PENDING, TaskState.Name.COMPLETED));
        }
        // Then
        assertThat(counters.tenants()).isEmpty();
    }

    @Test
    void tenantsBeyondTheMostAreSummed() {
        // When
        for (int each = 0; each < TransitionCounters.MOST_TENANTS + 3; each++) {
            counters.count(new StateChange(null, at("t-" + each, TaskState.Name.PENDING), null));
        }
        // Then
        assertThat(counters.tenants())
                .hasSize(TransitionCounters.MOST_TENANTS + 1)
                .contains(new TenantTally(TenantTally.OTHERS, 0, 3, 0));
    }

    @Test
    void taskThatCameElsewhereLeavesLessThanNothingHere() {
        counters.count(change("acme", TaskState.Name.PROCESSING, TaskState.Name.COMPLETED));
        assertThat(counters.tenants()).containsExactly(new TenantTally("acme", 0, 0, -1));
    }

    private static StateChange change(String tenant, TaskState.Name left, TaskState.Name entered) {
        return new StateChange(at(tenant, left), at(tenant, entered), null);
    }

    private static Standing at(String tenant, TaskState.Name state) {
        return new Standing("echo", Lane.NORMAL, tenant, state);
    }
}
