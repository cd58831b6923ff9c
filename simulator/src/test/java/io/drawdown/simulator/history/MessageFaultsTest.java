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

    private static final Set<CreditsAct> FAULTS = EnumSet.of(
            CreditsAct.MESSAGE_DUPLICATED,
            CreditsAct.MESSAGE_DELAYED,
            CreditsAct.MESSAGES_REORDERED,
            CreditsAct.MESSAGE_REDELIVERED,
            CreditsAct.REBALANCE,
            CreditsAct.UNREADABLE_RECORD,
            CreditsAct.CRASH);

    @Test
    void usageConvergesUnderAllFaultsOfMessages() {
        // Given
        Counts counts = new Counts();
        Map<Long, Finding> findings = new TreeMap<>();

        // When
        for (long seed = 1; seed <= 30; seed++) {
            Script all = Script.of(Scene.CREDITS, seed, 120);
            Script some = new Script(
                    Scene.CREDITS,
                    seed,
                    all.steps().stream()
                            .filter(step -> !step.act().isFault()
                                    || FAULTS.contains(
                                            CreditsAct.valueOf(step.act().name())))
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
        Script script = Script.of(Scene.CREDITS, 11, 120);

        // When
        History.Outcome first = History.of(script, true);
        History.Outcome second = History.of(script, true);

        // Then
        assertThat(second.lines()).isEqualTo(first.lines());
    }
}
