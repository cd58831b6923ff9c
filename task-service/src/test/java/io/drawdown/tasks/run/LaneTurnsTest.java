package io.drawdown.tasks.run;

import io.drawdown.tasks.task.Lane;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaneTurnsTest {

    private static final Set<Lane> ALL = EnumSet.allOf(Lane.class);

    private final LaneTurns turns = new LaneTurns();

    @Test
    void lanesGetTheirShares() {
        // When
        Map<Lane, Integer> shared = turns.share(15, ALL);
        // Then
        assertThat(shared)
                .containsEntry(Lane.URGENT, 8)
                .containsEntry(Lane.HIGH, 4)
                .containsEntry(Lane.NORMAL, 2)
                .containsEntry(Lane.LOW, 1);
    }

    @Test
    void nthStartOfTheLowLaneIsWithinFifteenTimesN() {
        // When
        int low = 0;
        for (int start = 1; start <= 15_000; start++) {
            low += turns.share(1, ALL).getOrDefault(Lane.LOW, 0);
            // Then
            assertThat(low).isGreaterThanOrEqualTo(start / 15);
        }
    }

    @Test
    void aLoneLaneGetsEverything() {
        // When
        Map<Lane, Integer> shared = turns.share(7, EnumSet.of(Lane.LOW));
        // Then
        assertThat(shared).containsExactly(Map.entry(Lane.LOW, 7));
    }

    @Test
    void aLaneThatWasEmptyDoesNotCatchUp() {
        // Given
        turns.share(3_000, EnumSet.of(Lane.NORMAL));
        // When
        Map<Lane, Integer> shared = turns.share(15, EnumSet.of(Lane.NORMAL, Lane.HIGH));
        // Then
        assertThat(shared.get(Lane.NORMAL)).isBetween(4, 6);
    }

    @Test
    void withoutLanesNothingIsShared() {
        // When
        Map<Lane, Integer> shared = turns.share(3, Set.of());
        // Then
        assertThat(shared).isEmpty();
    }
}
