package io.drawdown.deploy.observability;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever is told of an alert finds its section in docs/operations.md, and commands in it that exist. */
class AlertsTest {

    private static final Path PAGE = Queries.ROOT.resolve("docs/operations.md");
    private static final Pattern ROUTE = Pattern.compile("\"\\$([A-Z]+)(/api/[^\"?]*)");
    private static final Pattern WORKLOAD =
            Pattern.compile("(?:(deploy|statefulset) |kubernetes\\.io/name=)([a-z][a-z-]*)(?=\\s|$)");
    private static final Pattern LOGGED = Pattern.compile("grep (?:-[iE] )?\"([^\"<]+)\"");
    private static final Pattern SCALED = Pattern.compile("kubectl -n drawdown scale \\w+ ([a-z-]+)");
    private static final Pattern LABEL = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

    private static final Map<String, Service> ADDRESSES =
            Map.of("CREDITS", Service.CREDITS_SERVICE, "TASKS", Service.TASK_SERVICE, "BILLING", Service.BILLING_BATCH);

    @Test
    void everyAlertTellsWhatIsWrongWhyAndWhatToDo() {
        for (JsonNode alert : Queries.alerts()) {
            // When
            String name = alert.path("alert").asText();
            JsonNode told = alert.path("annotations");

            // Then
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
            assertThat(List.of(told.path("summary").asText(), told.path("cause").asText()))
                    .as(name)
                    .doesNotContain("");
            assertThat(told.path("runbook_url").asText())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void everyAlertHasASectionWithItsCommandAndEverySectionAnAlert() {
        // Given
        Map<String, String> sections = sections(Queries.read(PAGE));

        for (JsonNode alert : Queries.alerts()) {
            // When
            String name = alert.path("alert").asText();
            String command =
                    LABEL.matcher(alert.at("/annotations/command").asText()).replaceAll("<$1>");

            // Then
            assertThat(sections).containsKey(name);
            assertThat(sections.get(name)).contains("```sh\n" + command + "\n");
        }
        assertThat(sections.keySet())
                .containsExactlyInAnyOrderElementsOf(Queries.alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    @Test
    void everyCommandOfARunbookExists() {
        assertThat(missing(Queries.read(PAGE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "$BILLING/api/v1/batch/processes" | "$BILLING/api/v1/batch/process" | no route /api/v1/batch/process
                    name=checkpoint-worker | name=checkpoints | nobody is called checkpoints
                    statefulset session-service | deploy session-service | no deploy session-service
                    "Ledger conflict" | "Conflict of ledgers" | nobody logs Conflict of ledgers
                    rollout undo $(kubectl -n drawdown get deploy,statefulset -l app.kubernetes.io/name=<job> -o name) | rollout undo deploy <job> | no deploy session-service
                    patch scaledobject task-service | scale deploy task-service --replicas=4 # | KEDA scales task-service back
                    """)
    void aWrongCommandIsFound(String words, String wrong, String finding) {
        // Given
        UnaryOperator<String> edit = page -> page.replace(words, wrong);
        assertThat(Queries.read(PAGE)).contains(words);

        // Then
        assertThat(missing(edit.apply(Queries.read(PAGE)))).contains(finding);
    }

    /** Routes, workloads and log lines that the sections of the alerts name and that do not exist. */
    private static List<String> missing(String page) {
        List<String> missing = new ArrayList<>();
        String commands = sections(page).values().stream()
                .flatMap(String::lines)
                .flatMap(AlertsTest::ofEachJob)
                .collect(Collectors.joining("\n"));
        results(ROUTE, commands).forEach(route -> {
            Service service = ADDRESSES.get(route.group(1));
            String path = route.group(2).replaceAll("<\\w+>", "{}");
            if (service == null || !routes(service).contains(path)) {
                missing.add("no route " + path);
            }
        });
        Set<String> services =
                Arrays.stream(Service.values()).map(Service::serviceName).collect(Collectors.toSet());
        results(WORKLOAD, commands).forEach(workload -> {
            String kind = "statefulset".equals(workload.group(1)) ? "StatefulSet" : "Deployment";
            if (!services.contains(workload.group(2))) {
                missing.add("nobody is called " + workload.group(2));
            } else if (workload.group(1) != null && !manifest(workload.group(2)).contains("kind: " + kind + "\n")) {
                missing.add("no " + workload.group(1) + " " + workload.group(2));
            }
        });
        results(SCALED, commands)
                .map(scaled -> scaled.group(1))
                .filter(services::contains)
                .forEach(name -> missing.add("KEDA scales " + name + " back"));
        String sources = sources();
        results(LOGGED, commands)
                .flatMap(logged -> Arrays.stream(logged.group(1).split("\\|")))
                .filter(words -> !sources.contains(words.toLowerCase(Locale.ROOT)))
                .forEach(words -> missing.add("nobody logs " + words));
        return missing;
    }

    /** Any service may be the job of an alert. */
    private static Stream<String> ofEachJob(String line) {
        return line.contains("<job>")
                ? Arrays.stream(Service.values()).map(service -> line.replace("<job>", service.serviceName()))
                : Stream.of(line);
    }

    private static Stream<MatchResult> results(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList().stream();
    }

    /** The sections below "Alerts", by their names. */
    private static Map<String, String> sections(String page) {
        Map<String, String> sections = new TreeMap<>();
        String alerts = page.substring(page.indexOf("\n## Alerts\n") + 1);
        alerts = alerts.substring(0, alerts.indexOf("\n## "));
        for (String section : alerts.split("(?m)^### ", -1)) {
            if (!section.startsWith("## ")) {
                sections.put(section.substring(0, section.indexOf('\n')), section);
            }
        }
        return sections;
    }

    private static Set<String> routes(Service service) {
        return Queries.yaml(Queries.ROOT.resolve("docs/openapi/" + service.serviceName() + ".yaml"))
                .path("paths")
                .propertyStream()
                .map(path -> path.getKey().replaceAll("\\{\\w+}", "{}"))
                .collect(Collectors.toSet());
    }

    private static String manifest(String service) {
        return Queries.read(Queries.ROOT.resolve("deploy/base/" + service + ".yaml"));
    }

    /** All sources of the services and of kit, in small letters. */
    private static String sources() {
        StringBuilder all = new StringBuilder();
        Stream.concat(Stream.of("kit"), Arrays.stream(Service.values()).map(Service::serviceName))
                .map(module -> Queries.ROOT.resolve(module).resolve("src/main/java"))
                .forEach(folder -> append(folder, all));
        return all.toString();
    }

    private static void append(Path folder, StringBuilder all) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> all.append(Queries.read(file).toLowerCase(Locale.ROOT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
