package io.drawdown.tasks.metrics;

import io.drawdown.tasks.CoreHealth;
import io.drawdown.tasks.config.TaskConfig;
import io.drawdown.tasks.config.TaskType;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.metrics.Health.Level;
import io.drawdown.tasks.stats.Depths;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.task.TaskState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges the queue by the tasks that wait for each slot of all instances, by the runs of the last minute that failed, and by what
 * keeps this instance from running tasks. Only types with a handler here count as waiting: the others wait for workers elsewhere.
 */
@Singleton
public final class QueueHealth {

    private static final int PERCENT = 100;

    private final TaskConfig.Health limits;
    private final Set<String> handled;

    @Inject
    QueueHealth(TaskConfig config, TaskTypes types) {
        this(config.task().health(), types);
    }

    QueueHealth(TaskConfig.Health limits, TaskTypes types) {
        this.limits = limits;
        this.handled = types.handledHere().stream().map(TaskType::name).collect(Collectors.toUnmodifiableSet());
    }

    public Health of(Depths depths, CoreHealth core) {
        List<String> reasons = new ArrayList<>();
        Level level = max(ofDepth(depths, reasons), ofErrors(depths, reasons));
        if (!core.leased()) {
            reasons.add("this instance has no lease");
        }
        if (core.stalled()) {
            reasons.add("the broker is away or does not take events");
        }
        if (!core.stuckTypes().isEmpty()) {
            reasons.add("handlers here do not stop: " + String.join(", ", core.stuckTypes()));
        }
        return new Health(core.isDegraded() ? max(level, Level.DEGRADED) : level, List.copyOf(reasons));
    }

    private Level ofDepth(Depths depths, List<String> reasons) {
        int slots = depths.members().slots();
        if (slots == 0) {
            return Level.READY;
        }
        long waiting = depths.sum(each -> each.state() == TaskState.Name.PENDING && handled.contains(each.type()));
        double perSlot = (double) waiting / slots;
        Level level = perSlot > limits.unhealthyDepth()
                ? Level.UNHEALTHY
                : perSlot >= limits.degradedDepth() ? Level.DEGRADED : Level.READY;
        if (level != Level.READY) {
            reasons.add(waiting + " tasks wait for " + slots + " slots");
        }
        return level;
    }

    private Level ofErrors(Depths depths, List<String> reasons) {
        long failed = depths.minute().stream().mapToLong(TypeMinute::failed).sum();
        long ended = failed
                + depths.minute().stream().mapToLong(TypeMinute::completed).sum();
        if (ended < limits.leastRuns()) {
            return Level.READY;
        }
        double percent = (double) PERCENT * failed / ended;
        Level level = percent > limits.unhealthyErrors()
                ? Level.UNHEALTHY
                : percent >= limits.degradedErrors() ? Level.DEGRADED : Level.READY;
        if (level != Level.READY) {
            reasons.add(failed + " of " + ended + " runs failed in the last minute");
        }
        return level;
    }

    private static Level max(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
