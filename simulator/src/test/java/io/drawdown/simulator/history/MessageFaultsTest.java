package io.drawdown.simulator.history;

import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Findings.Finding;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageFaultsTest {

    private static final Set<Act> FAULTS = EnumSet.of(
            Act.MESSAGE_DUPLICATED,
            Act.MESSAGE_DELAYED,
            Act.MESSAGES_REORDERED,
            Act.MESSAGE_REDELIVERED,
            Act.REBALANCE,
            Act.UNREADABLE_RECORD,
            Act.CRASH);

    @Test
    void usageConvergesUnderAllFaultsOfMessages() {
        // Given
        Counts counts = new Counts();
        Map<Long, Finding> findings = new TreeMap<>();

        // When
        for (long seed = 1; seed <= 30; seed++) {
            Script all = Script.of(seed, 120);
            Script some = new Script(
                    seed,
                    all.steps().stream()
                            .filter(step -> !step.act().isFault() || FAULTS.contains(step.act()))
                            .toList());
            History.Outcome outcome = History.of(some, false);
            counts.addAll(outcome.counts());
            if (outcome.finding() != null) {
                findings.put(seed, outcome.finding());
            }
        }

        // Then
        assertThat(findings).isEmpty();
        assertThat(counts.all())
                .containsKeys(
                        "checkpoint of a session",
                        "delta skipped",
                        "message duplicated",
                        "message out of order",
                        "message redelivered",
                        "rebalance with overlap",
                        "dead letter of an unreadable record");
    }

    @Test
    void aSeedGivesTheSameHistoryTwice() {
        // Given
        Script script = Script.of(11, 120);

        // When
        History.Outcome first = History.of(script, true);
        History.Outcome second = History.of(script, true);

        // Then
        assertThat(second.lines()).isEqualTo(first.lines());
    }
}
