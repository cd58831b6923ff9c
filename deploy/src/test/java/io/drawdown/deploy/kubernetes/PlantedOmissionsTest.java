package io.drawdown.deploy.kubernetes;

import io.drawdown.deploy.kubernetes.check.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static io.drawdown.deploy.kubernetes.PlantedMistakesTest.configMap;
import static io.drawdown.deploy.kubernetes.PlantedMistakesTest.edit;
import static io.drawdown.deploy.kubernetes.PlantedMistakesTest.found;
import static org.assertj.core.api.Assertions.assertThat;

/** The checks find what was left out, as {@link PlantedMistakesTest} has it of what is wrong. */
@NeedsKubectl
class PlantedOmissionsTest {

    @Test
    void theAuthorityOfTheDatabaseIsMissed() {
        // Given
        Rendering production = Overlays.PRODUCTION.rendering();
        Map<String, Set<String>> secrets = new HashMap<>(production.secrets());
        secrets.remove("mongodb-ca");

        // When
        List<String> findings = Checks.REFERENCES
                .check()
                .findings(new Rendering(production.name(), production.objects(), secrets, true));

        // Then
        assertThat(findings)
                .hasSize(5)
                .contains("Deployment credits-service needs the secret mongodb-ca, which nobody makes");
    }

    @Test
    void aWayToTheIssuerOfTokensIsMissed() {
        // Given
        Consumer<Rendering> address =
                rendering -> configMap(rendering).put("DRAWDOWN_JWT_PUBLIC_KEY", "https://sso.example.com/certs");

        // Then
        assertThat(found(Checks.TRAFFIC, address))
                .containsExactly(
                        "no way checkpoint-worker > internet 443",
                        "no way credits-service > internet 443",
                        "no way session-service > internet 443");
    }

    @Test
    void theWayToTheCollectorIsMissed() {
        assertThat(found(Checks.TRAFFIC, edit("NetworkPolicy", "to-collector", "/spec", it -> it.remove("egress"))))
                .hasSize(5)
                .allMatch(finding -> finding.matches("no way .* > namespace monitoring 4318"));
    }

    @Test
    void keysOfTokensByAnAddressNeedNoSecret() throws IOException {
        // Given
        Path folder = Files.createDirectories(Kustomize.DEPLOY.resolve("target/jwks"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: drawdown
                resources: [../../overlays/production]
                components: [../../components/jwks]
                """);
        Rendering production = Overlays.PRODUCTION.rendering();

        // When
        Rendering rendering = new Rendering(
                "jwks", Kustomize.build("target/jwks"), production.secrets(), production.hasOptionalSecrets());

        // Then
        for (Checks check : Checks.values()) {
            assertThat(check.check().findings(rendering)).as(check.name()).isEmpty();
        }
        assertThat(rendering.get("StatefulSet", "session-service").toString()).contains("\"optional\":true");
    }

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
