package io.drawdown.deploy.kubernetes;

import org.junit.jupiter.api.Test;

import static io.drawdown.deploy.kubernetes.PlantedMistakesTest.edit;
import static io.drawdown.deploy.kubernetes.PlantedMistakesTest.found;
import static org.assertj.core.api.Assertions.assertThat;

/** The checks find what was left out, as {@link PlantedMistakesTest} has it of what is wrong. */
@NeedsKubectl
class PlantedOmissionsTest {

    @Test
    void aTriggerThatTakesNoDataForZeroIsFound() {
        assertThat(found(
                        Checks.SCALING,
                        edit(
                                "ScaledObject",
                                "session-service",
                                "/spec/triggers/0/metadata",
                                it -> it.remove("ignoreNullValues"))))
                .containsExactly("ScaledObject session-service takes no data for 0");
    }
}
