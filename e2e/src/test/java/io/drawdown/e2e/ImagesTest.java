package io.drawdown.e2e;

import io.drawdown.cli.images.BaseImage;
import io.drawdown.cli.images.Origin;
import io.drawdown.cli.images.ServiceImages;
import io.drawdown.cli.process.Child;
import io.drawdown.cli.process.ChildSpec;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The images of the services: what is in one, and that it runs as it says. No registry is asked: they are built on nothing,
 * and the JDK of this machine takes the place of the one below them.
 */
class ImagesTest {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
    private static final Origin ORIGIN = new Origin(Optional.of(REVISION), Optional.of("https://example.org/drawdown"));

    @TempDir
    static Path folder;

    private static final Map<Service, SavedImage> IMAGES = new ConcurrentHashMap<>();
    private static final Map<Service, ServiceImages.Built> BUILT = new ConcurrentHashMap<>();
    private static Suite suite;

    @BeforeAll
    static void build() throws IOException {
        // Others than its owner may enter it, as the user of an image does.
        Files.setPosixFilePermissions(folder, Set.of(PosixFilePermission.values()));
        ServiceImages images = new ServiceImages(Suite.ROOT, folder.resolve("images"), BaseImage.SCRATCH, ORIGIN);
        Stream.of(Service.values()).parallel().forEach(service -> {
            ServiceImages.Built built = images.build(service);
            BUILT.put(service, built);
            IMAGES.put(service, SavedImage.unpack(built.tar(), folder.resolve(service.serviceName())));
        });
        suite = Suite.start(folder.resolve("home"), Map.of(), new Service[0]);
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anImageSaysWhatItIsAndHowItRuns(Service service) throws IOException {
        // Given
        SavedImage image = image(service);

        // Then
        assertThat(image.name()).isEqualTo("drawdown/" + service.serviceName() + ":0.1.0");
        assertThat(image.annotation("io.containerd.image.name")).isEqualTo("docker.io/" + image.name());
        assertThat(image.annotation("org.opencontainers.image.ref.name")).isEqualTo("0.1.0");
        assertThat(image.digest()).isEqualTo(built(service).digest());
        assertThat(image.label("title")).isEqualTo("Drawdown " + service.serviceName());
        assertThat(image.label("version")).isEqualTo("0.1.0");
        assertThat(image.label("revision")).isEqualTo(REVISION);
        assertThat(image.label("source")).isEqualTo("https://example.org/drawdown");
        assertThat(image.label("licenses")).isEqualTo("Apache-2.0");
        assertThat(image.config().path("User").asText()).isEqualTo("10001:10001");
        assertThat(image.config().path("WorkingDir").asText()).isEqualTo("/app");
        assertThat(image.entryPoint()).startsWith("java").endsWith("-jar", "quarkus-run.jar");
        assertThat(image.environment().get("JAVA_TOOL_OPTIONS"))
                .contains("-Xmx" + (service == Service.TASK_SERVICE ? "384m" : "256m"));
        assertThat(image.ports()).isEqualTo(portsOf(service));
    }

    @ParameterizedTest
    @EnumSource
    void aLayerAddsFilesThatNobodyMayChange(Service service) {
        // Given
        SavedImage image = image(service);
        Set<String> all = new HashSet<>();

        // Then
        image.files().forEach(layer -> assertThat(layer).isNotEmpty().allMatch(all::add));
        assertThat(all).contains("sbom/" + service.serviceName() + ".cdx.json", "app/quarkus-run.jar");
        assertThat(all).allMatch(file -> file.startsWith("app/") || file.startsWith("sbom/"));
        assertThat(image.files().getFirst()).noneMatch(file -> file.contains("io.drawdown."));
        assertThat(all).map(image.folder()::resolve).allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
    }

    @ParameterizedTest
    @EnumSource
    void aServiceStartsFromItsImageAndWritesNothingIntoIt(Service service) throws IOException {
        // Given
        SavedImage image = image(service);
        Map<String, String> before = image.content();
        shareKeys();

        // When
        try (Child child = new Child(asContainer(image, suite.stack().child(service)), _ -> {})) {
            child.start();
            child.awaitReady(READY);

            // Then
            assertThat(userOf(child.pid()))
                    .isEqualTo(
                            isRoot() ? "10001" : userOf(ProcessHandle.current().pid()));
        }
        assertThat(image.content()).isEqualTo(before);
    }

    /** Of one output of the build, packed twice; whether the build gives the same output is not asked here. */
    @Test
    void theSameInputGivesTheSameImage() throws IOException {
        // Given
        ServiceImages again = new ServiceImages(Suite.ROOT, folder.resolve("again"), BaseImage.SCRATCH, ORIGIN);

        // When
        ServiceImages.Built built = again.build(Service.CHECKPOINT_WORKER);

        // Then
        ServiceImages.Built first = built(Service.CHECKPOINT_WORKER);
        assertThat(built.digest()).isEqualTo(first.digest());
        assertThat(Files.mismatch(built.tar(), first.tar())).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anImageIsBuiltOnASavedOne(boolean isLayoutAlone) throws IOException {
        // Given
        Path below = built(Service.CREDITS_SERVICE).tar();
        if (isLayoutAlone) {
            below = folder.resolve("layout.tar");
            SavedImage.copyLayoutAlone(built(Service.CREDITS_SERVICE).tar(), below);
        }
        Path above = folder.resolve("above-" + isLayoutAlone);
        ServiceImages images = new ServiceImages(Suite.ROOT, above, new BaseImage("tar://" + below), ORIGIN);

        // When
        SavedImage image =
                SavedImage.unpack(images.build(Service.CHECKPOINT_WORKER).tar(), above.resolve("unpacked"));

        // Then
        List<Set<String>> expected =
                new ArrayList<>(image(Service.CREDITS_SERVICE).files());
        expected.addAll(image(Service.CHECKPOINT_WORKER).files());
        assertThat(image.files()).isEqualTo(expected);
        assertThat(image.label("title")).isEqualTo("Drawdown checkpoint-worker");
        assertThat(image.name()).isEqualTo("drawdown/checkpoint-worker:0.1.0");
    }

    @Test
    void theConfiguredBaseIsNamedByItsDigest() {
        // Then
        assertThat(BaseImage.configured().reference())
                .matches(Pattern.compile("docker\\.io/library/eclipse-temurin:25\\.[0-9._]+-jre@sha256:[0-9a-f]{64}"));
    }

    private static SavedImage image(Service service) {
        return Objects.requireNonNull(IMAGES.get(service));
    }

    private static ServiceImages.Built built(Service service) {
        return Objects.requireNonNull(BUILT.get(service));
    }

    /** Its command, environment and folder as a container runtime reads them, on the JDK of this machine. */
    private static ChildSpec asContainer(SavedImage image, ChildSpec local) {
        Map<String, String> environment = new HashMap<>(image.environment());
        // Only so that the test is quick.
        environment.merge("JAVA_TOOL_OPTIONS", " -XX:TieredStopAtLevel=1", String::concat);
        environment.putAll(local.environment());
        List<String> command =
                new ArrayList<>(List.of("env", "-C", image.workingFolder().toString()));
        if (isRoot()) {
            String[] user = image.config().path("User").asText().split(":", 2);
            command.addAll(
                    List.of("setpriv", "--clear-groups", "--reuid", user[0], "--regid", user[1], "--no-new-privs"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(image.entryPoint().subList(1, image.entryPoint().size()));
        return new ChildSpec(local.name(), local.port(), command, environment, local.readiness());
    }

    private static boolean isRoot() {
        return userOf(ProcessHandle.current().pid()).equals("0");
    }

    private static String userOf(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\\s+", -1)[2])
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    /** What is mounted into a container can be read by its user. */
    private static void shareKeys() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isDirectory)::iterator) {
                Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.values()));
            }
        }
        try (Stream<Path> keys = Files.list(suite.stack().keysFolder())) {
            for (Path key : (Iterable<Path>) keys::iterator) {
                Files.setPosixFilePermissions(key, Set.of(PosixFilePermission.values()));
            }
        }
    }

    /** The ports that a service has where nothing else is said. */
    private static Set<Integer> portsOf(Service service) throws IOException {
        Properties properties = new Properties();
        try (var file = Files.newBufferedReader(
                Suite.ROOT.resolve(service.serviceName() + "/src/main/resources/application.properties"))) {
            properties.load(file);
        }
        return Set.of(
                Integer.valueOf(properties.getProperty("quarkus.http.port")),
                Integer.valueOf(properties.getProperty("quarkus.management.port")));
    }
}
