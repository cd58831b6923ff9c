package io.drawdown.simulator.history;

import io.drawdown.simulator.world.Counts;
import io.drawdown.simulator.world.Findings.Finding;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OwnersTest {

    @Test
    void takenOverSessionsGoOnBesideTheirFormerOwners() {
        // Given
        Counts counts = new Counts();
        Map<Long, Finding> findings = new TreeMap<>();

        // When
        for (long seed = 1; seed <= 30; seed++) {
            History.Outcome outcome = History.of(Script.of(Scene.CREDITS, seed, 120), false);
            counts.addAll(outcome.counts());
            if (outcome.finding() != null) {
                findings.put(seed, outcome.finding());
            }
        }

        // Then
        assertThat(findings).isEmpty();
        assertThat(counts.all())
                .containsKeys(
                        "owner starts",
                        "owner takes over",
                        "owner thought dead",
                        "owner is told STALE",
                        "owner's request again");
    }
}
