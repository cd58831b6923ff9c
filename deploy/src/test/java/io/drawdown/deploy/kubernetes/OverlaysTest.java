package io.drawdown.deploy.kubernetes;

import io.drawdown.deploy.kubernetes.check.Rendering;
import io.drawdown.deploy.kubernetes.check.StrictFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each overlay is built, and is right. */
@NeedsKubectl
class OverlaysTest {

    @ParameterizedTest
    @EnumSource
    void everyFieldOfEveryObjectIsOneThatItsKindHas(Overlays overlay) {
        // Given
        Rendering rendering = overlay.rendering();

        // When
        var findings = new StrictFields().findings(rendering);

        // Then
        assertThat(findings).isEmpty();
    }
}
