package io.drawdown.deploy.kubernetes;

import io.drawdown.deploy.kubernetes.check.Rendering;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each overlay is built, and each check finds nothing in it. */
@NeedsKubectl
class OverlaysTest {

    static Stream<Arguments> all() {
        return Arrays.stream(Overlays.values())
                .flatMap(overlay -> Arrays.stream(Checks.values()).map(check -> Arguments.of(overlay, check)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void anOverlayIsRight(Overlays overlay, Checks check) {
        // Given
        Rendering rendering = overlay.rendering();

        // When
        List<String> findings = check.check().findings(rendering);

        // Then
        assertThat(findings).isEmpty();
    }
}
