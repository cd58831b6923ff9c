package io.drawdown.deploy.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.deploy.kubernetes.check.Check;
import io.drawdown.deploy.kubernetes.check.Rendering;
import io.drawdown.deploy.kubernetes.check.StrictFields;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each check finds the mistakes that it is for: a rendering is edited, and the finding is expected. */
@NeedsKubectl
class PlantedMistakesTest {

    record Mistake(String finding, Check check, Consumer<Rendering> edit) {
        @Override
        public String toString() {
            return finding;
        }
    }

    static Stream<Mistake> fields() {
        Check fields = new StrictFields();
        return Stream.of(
                new Mistake("Deployment credits-service: Unrecognized field \"replica\"", fields, found -> at(
                                found.get("Deployment", "credits-service"), "/spec")
                        .put("replica", 2)),
                new Mistake("ScaledObject task-service: Unrecognized field \"maxReplicas\"", fields, found -> at(
                                found.get("ScaledObject", "task-service"), "/spec")
                        .put("maxReplicas", 2)));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aPlantedMistakeIsFound(Mistake mistake) {
        // Given
        Rendering edited = Overlays.PRODUCTION.rendering().copy();
        mistake.edit().accept(edited);

        // When
        List<String> findings = mistake.check().findings(edited);

        // Then
        assertThat(findings).singleElement().asString().startsWith(mistake.finding());
    }

    private static ObjectNode at(ObjectNode object, String pointer) {
        return (ObjectNode) object.at(pointer);
    }
}
