package io.drawdown.deploy.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.deploy.kubernetes.check.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of the runbooks: a shell can read them, and what they name is in the overlay for production. */
@NeedsKubectl
class RunbooksTest {

    private static final Path ROOT = Kustomize.DEPLOY.resolveSibling("");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|console)\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("kubectl [^`|>;&\n]*");
    private static final Pattern LABEL = Pattern.compile("app\\.kubernetes\\.io/name=([a-z-]+)");
    private static final Pattern APPLY = Pattern.compile("kubectl apply (-[kf]) deploy/(\\S+)");
    private static final Map<String, String> KINDS = Map.of(
            "deploy", "Deployment",
            "deployment", "Deployment",
            "statefulset", "StatefulSet",
            "scaledobject", "ScaledObject",
            "cronjob", "CronJob",
            "job", "Job",
            "hpa", "HorizontalPodAutoscaler");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md"})
    void whatACommandNamesIsInTheOverlay(String page) throws IOException {
        // Given
        Rendering production = Overlays.PRODUCTION.rendering();

        // When
        List<String> missing = COMMAND.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .filter(command -> command.group().contains("-n drawdown"))
                .flatMap(command -> Stream.concat(named(command.group()), labelled(command.group())))
                .filter(named -> !isThere(production, named))
                .toList();

        // Then
        assertThat(missing).isEmpty();
    }

    @Test
    void aCommandThatNamesSomethingElseIsNoticed() {
        // Given
        Rendering production = Overlays.PRODUCTION.rendering();

        // When
        Stream<String> named = Stream.of(
                        "kubectl -n drawdown rollout status deploy session-service",
                        "kubectl -n drawdown annotate scaledobject task-service tasks a.b/c=0",
                        "kubectl -n drawdown wait job/topic --timeout=5m")
                .flatMap(RunbooksTest::named)
                .filter(name -> !isThere(production, name));

        // Then
        assertThat(named).containsExactly("Deployment session-service", "ScaledObject tasks", "Job topic");
    }

    @Test
    void aNamespaceIsThereBeforeWhatGoesIntoIt() throws IOException {
        // Given
        String page = Files.readString(ROOT.resolve("README.md"));
        String first = "kubectl apply -f deploy/base/namespace.yaml && ";

        // Then
        assertThat(homeless(page)).isEmpty();
        assertThat(page).contains(first);
        assertThat(homeless(page.replace(first, ""))).contains("ExternalSecret drawdown-jwt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operations.md"})
    void aShellCanReadEveryBlock(String page) throws IOException {
        // Given
        List<String> blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(found -> found.group(1))
                .map(block -> block.replaceAll("<([a-z -]+)>", "$1"))
                .toList();

        // When
        String printed = Kustomize.run(Map.of(), List.of("bash", "-n", "-c", String.join("\n", blocks)));

        // Then
        assertThat(blocks).isNotEmpty();
        assertThat(printed).isEmpty();
    }

    /** Objects that are applied before the namespace that they name, among those that go into that of Drawdown. */
    private static List<String> homeless(String page) throws IOException {
        List<String> found = new ArrayList<>();
        boolean isThere = false;
        for (MatchResult apply : APPLY.matcher(page).results().toList()) {
            List<ObjectNode> objects = "-k".equals(apply.group(1))
                    ? Kustomize.build(apply.group(2))
                    : Kustomize.read(Files.readString(Kustomize.DEPLOY.resolve(apply.group(2))));
            isThere |= objects.stream().anyMatch(object -> isNamed(object, "Namespace", "drawdown"));
            if (!isThere) {
                objects.stream()
                        .filter(object ->
                                object.at("/metadata/namespace").asText().equals("drawdown"))
                        .forEach(object -> found.add(object.path("kind").asText() + " "
                                + object.at("/metadata/name").asText()));
            }
        }
        return found;
    }

    private static boolean isNamed(ObjectNode object, String kind, String name) {
        return object.path("kind").asText().equals(kind)
                && object.at("/metadata/name").asText().equals(name);
    }

    /** What follows a kind, as {@code kind name name} or {@code kind/name}, up to an option. */
    private static Stream<String> named(String command) {
        List<String> words = Arrays.asList(command.strip().split("\\s+", -1));
        List<String> found = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            String[] pair = words.get(at).split("/", 2);
            String kind = KINDS.get(pair[0]);
            if (kind != null && pair.length == 2) {
                found.add(kind + " " + pair[1]);
            } else if (kind != null) {
                words.subList(at + 1, words.size()).stream()
                        .takeWhile(word -> word.matches("[a-z][a-z-]*"))
                        .forEach(name -> found.add(kind + " " + name));
            }
        }
        return found.stream();
    }

    private static Stream<String> labelled(String command) {
        return LABEL.matcher(command).results().map(found -> "Label " + found.group(1));
    }

    private static boolean isThere(Rendering rendering, String named) {
        String[] parts = named.split(" ", 2);
        if ("Label".equals(parts[0])) {
            return rendering.objects().stream().anyMatch(object -> object.at("/metadata/labels/app.kubernetes.io~1name")
                    .asText()
                    .equals(parts[1]));
        }
        return rendering.find(parts[0], parts[1]).isPresent();
    }
}
