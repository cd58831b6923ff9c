package io.drawdown.billing.run;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.drawdown.billing.testing.Changed.changed;
import static org.assertj.core.api.Assertions.assertThat;

class TurnsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whoWasServedTheLongestAgoGoesFirstAndWhoNeverWasBeforeAll() {
        // Given
        List<ProcessDocument> processes =
                List.of(served("b", 10), served("a", 20), ProcessDocument.first("d"), ProcessDocument.first("c"));
        // When
        List<ProcessRun> turns = Turns.of(processes, NOW);
        // Then
        assertThat(turns).extracting(ProcessRun::process).containsExactly("c", "d", "a", "b");
        assertThat(turns).allMatch(ProcessRun::isOpen);
    }

    @Test
    void pausedProcessIsSkippedAndKeepsItsCursor() {
        // Given
        ProcessDocument begun =
                changed(changed(ProcessDocument.first("a").begun(1, NOW)).saved(1, "p-7"));
        // When
        ProcessRun turn = Turns.of(List.of(changed(begun.paused(true))), NOW).getFirst();
        // Then
        assertThat(turn.state()).isEqualTo(new ProcessState.Over(Ending.skipped(Ending.PAUSED, "p-7"), 0));
    }

    private static ProcessDocument served(String name, int secondsAgo) {
        return changed(ProcessDocument.first(name).begun(1, NOW.minusSeconds(secondsAgo)));
    }
}
