package io.drawdown.tasks.metrics;

import io.drawdown.tasks.CoreHealth;
import io.drawdown.tasks.config.TaskConfig;
import io.drawdown.tasks.metrics.Health.Level;
import io.drawdown.tasks.stats.Depths;
import io.drawdown.tasks.stats.Depths.Members;
import io.drawdown.tasks.store.InstanceCounters.TypeMinute;
import io.drawdown.tasks.store.Recounted.StateCount;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.TaskState;
import io.drawdown.tasks.testing.World;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueueHealthTest {

    private static final int SLOTS = 10;
    private static final CoreHealth WELL = core(true, List.of());

    private final QueueHealth health = new QueueHealth(
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(TaskConfig.class)
                    .build()
                    .getConfigMapping(TaskConfig.class)
                    .task()
                    .health(),
            World.TYPES);

    @ParameterizedTest
    @CsvSource({"499, READY", "500, DEGRADED", "1000, DEGRADED", "1001, UNHEALTHY"})
    void manyTasksThatWaitForEachSlotAreTold(long waiting, Level level) {
        // When
        Health found = health.of(depths("echo", waiting, 0, 0), WELL);
        // Then
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.reasons())
                .isEqualTo(level == Level.READY ? List.of() : List.of(waiting + " tasks wait for 10 slots"));
    }

    @Test
    void tasksThatWaitForWorkersElsewhereAreNotCounted() {
        assertThat(health.of(depths("elsewhere", 100_000, 0, 0), WELL).level()).isEqualTo(Level.READY);
    }

    @ParameterizedTest
    @CsvSource({"96, 4, READY", "95, 5, DEGRADED", "90, 10, DEGRADED", "89, 11, UNHEALTHY", "0, 19, READY"})
    void manyRunsThatFailedAreTold(long completed, long failed, Level level) {
        assertThat(health.of(depths("echo", 0, completed, failed), WELL).level())
                .isEqualTo(level);
    }

    @Test
    void whatKeepsThisInstanceFromRunningIsTold() {
        // When
        Health found = health.of(Depths.NONE, core(false, List.of("echo", "mail")));
        // Then
        assertThat(found.level()).isEqualTo(Level.DEGRADED);
        assertThat(found.reasons())
                .containsExactly(
                        "this instance has no lease",
                        "the broker is away or does not take events",
                        "handlers here do not stop: echo, mail");
    }

    private static Depths depths(String type, long waiting, long completed, long failed) {
        return new Depths(
                List.of(new StateCount(type, Lane.NORMAL, TaskState.Name.PENDING, waiting)),
                List.of(),
                List.of(new TypeMinute("echo", 0, completed, failed)),
                new Members(2, 3, SLOTS),
                null);
    }

    private static CoreHealth core(boolean isLeased, List<String> stuck) {
        return new CoreHealth(isLeased, stuck, 0, 0, 0, 0, !isLeased);
    }
}
