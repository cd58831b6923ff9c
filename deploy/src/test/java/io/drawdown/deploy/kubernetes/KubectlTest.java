package io.drawdown.deploy.kubernetes;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The other tests need {@code kubectl}; where there is none they are skipped, and this one says so. */
class KubectlTest {

    @Test
    void theManifestsAreBuiltWithKubectl() {
        // When
        boolean isThere = Kustomize.kubectl().isPresent();

        // Then
        if (!isThere) {
            System.out.println("deploy: kubectl is not in PATH, so no manifest was built or compared");
        }
        assumeTrue(isThere, "kubectl is not in PATH");
        assertThat(Kustomize.run(Map.of(), List.of("kubectl", "version", "--client")))
                .contains("Kustomize Version");
    }
}
