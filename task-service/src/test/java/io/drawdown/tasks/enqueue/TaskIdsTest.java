package io.drawdown.tasks.enqueue;

import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskIdsTest {

    private final ManualTime time = new ManualTime();
    private final TaskIds ids = new TaskIds(time, new SplittableRandom(1));

    @Test
    void idsAreInTheOrderInWhichTheyWereGivenOut() {
        // When
        List<String> given = new ArrayList<>();
        for (int each = 0; each < 3_000; each++) {
            given.add(ids.next());
            time.advance(Duration.ofMillis(each % 3 == 0 ? 1 : 0));
        }
        // Then
        assertThat(given).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches(TaskIds.FORM));
    }

    @Test
    void aClockThatGoesBackKeepsTheOrder() {
        // Given
        String before = ids.next();
        // When
        time.stepClock(Duration.ofHours(-1));
        String after = ids.next();
        // Then
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void twoInstancesAtOneMomentGiveDifferentIds() {
        // When
        String other = new TaskIds(time, new SplittableRandom(2)).next();
        // Then
        assertThat(ids.next()).isNotEqualTo(other);
    }

    @Test
    void aKeyNamesOneTaskOfItsCallerRouteAndItem() {
        // When
        String one = TaskIds.of("gateway", "/tasks", "k", 0);
        // Then
        assertThat(one).matches(TaskIds.FORM).isEqualTo(TaskIds.of("gateway", "/tasks", "k", 0));
        assertThat(List.of(
                        TaskIds.of("other", "/tasks", "k", 0),
                        TaskIds.of("gateway", "/tasks/batch", "k", 0),
                        TaskIds.of("gateway", "/tasks", "k2", 0),
                        TaskIds.of("gateway", "/tasks", "k", 1)))
                .doesNotContain(one);
    }
}
