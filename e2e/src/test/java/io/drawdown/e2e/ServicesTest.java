package io.drawdown.e2e;

import io.drawdown.contracts.Service;
import io.drawdown.contracts.Topic;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** {@link Service} is the one list of services; what a service lacks to be one is said here. */
class ServicesTest {

    private static final int BASE = 8_100;
    private static final int MANAGEMENT = 100;
    private static final Pattern TOPIC = Pattern.compile("drawdown\\.[a-z]+\\.[a-z-]+");

    @ParameterizedTest
    @EnumSource
    void aServiceIsAModuleOfTheParentWithAReadme(Service service) {
        // When
        String parent = read("pom.xml");

        // Then
        assertThat(parent).contains("<module>" + service.serviceName() + "</module>");
        assertThat(folder(service)).isDirectoryContaining(file -> file.endsWith("README.md"));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsBuiltBeforeTheModulesThatStartIt(Service service) {
        // When
        List<String> starting = List.of(read("bench/pom.xml"), read("e2e/pom.xml"));

        // Then
        assertThat(starting).allMatch(pom -> pom.contains("<artifactId>" + service.serviceName() + "</artifactId>"));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceListensWhereTheListSays(Service service) {
        // Given
        int port = BASE + service.portOffset();

        // When
        Properties properties = properties(service);

        // Then
        assertThat(properties)
                .containsEntry("quarkus.application.name", service.serviceName())
                .containsEntry("quarkus.http.port", Integer.toString(port))
                .containsEntry("quarkus.management.port", Integer.toString(port + MANAGEMENT));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceReadsNoTopicThatTheListDoesNotGiveIt(Service service) {
        // Given
        Set<String> given = service.topics().stream().map(Topic::topicName).collect(Collectors.toSet());

        // When
        List<String> read = properties(service).values().stream()
                .flatMap(value -> TOPIC.matcher(value.toString()).results())
                .map(found -> found.group())
                .filter(name ->
                        Topic.all().stream().anyMatch(topic -> topic.topicName().equals(name)))
                .toList();

        // Then
        assertThat(given).containsAll(read);
    }

    @ParameterizedTest
    @EnumSource
    void allClassesOfAServiceAreInItsRootPackage(Service service) throws IOException {
        // Given
        Path sources = folder(service).resolve("src/main/java");
        Path root = sources.resolve(service.rootPackage().replace('.', '/'));

        // When
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> elsewhere = files.filter(file -> file.toString().endsWith(".java") && !file.startsWith(root))
                    .toList();

            // Then
            assertThat(root).isDirectory();
            assertThat(elsewhere).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServiceIsDocumented(Service service) {
        assertThat(Suite.ROOT.resolve("docs/openapi/" + service.serviceName() + ".yaml"))
                .exists();
        assertThat(read("docs/configuration.md")).contains("## " + service.serviceName());
        assertThat(read("docs/configuration.md"))
                .contains("| `drawdown.database` | `DRAWDOWN_DATABASE` | `" + service.database() + "` |");
        assertThat(read("docs/asyncapi.yaml"))
                .contains(Topic.deadLetters(service).topicName());
        assertThat(read("AGENTS.md")).contains("`" + service.serviceName() + "/`");
    }

    @Test
    void everyModuleWithAnApplicationIsInTheList() throws IOException {
        // When
        try (Stream<Path> modules = Files.list(Suite.ROOT)) {
            Set<String> applications = modules.filter(
                            module -> Files.exists(module.resolve("src/main/resources/application.properties")))
                    .map(module -> module.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));

            // Then
            assertThat(applications)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Service.values())
                            .map(Service::serviceName)
                            .toList());
        }
    }

    @Test
    void theScriptBuildsEveryServiceOfTheList() throws IOException, InterruptedException {
        // Given
        String script = read("drawdown");
        String list = script.substring(script.indexOf("services="), script.indexOf("case ${1"));

        // When
        Process bash = new ProcessBuilder("bash", "-euc", "DRAWDOWN_ROOT=.\n" + list + "echo $services")
                .directory(Suite.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String built = new String(bash.getInputStream().readAllBytes(), UTF_8).strip();
        bash.waitFor();

        // Then
        assertThat(built)
                .isEqualTo(Stream.concat(
                                Stream.of("cli"),
                                Arrays.stream(Service.values()).map(Service::serviceName))
                        .collect(Collectors.joining(",")));
    }

    private static Properties properties(Service service) {
        Properties properties = new Properties();
        try {
            properties.load(
                    new StringReader(read(service.serviceName() + "/src/main/resources/application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Path folder(Service service) {
        return Suite.ROOT.resolve(service.serviceName());
    }

    private static String read(String file) {
        try {
            return Files.readString(Suite.ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
