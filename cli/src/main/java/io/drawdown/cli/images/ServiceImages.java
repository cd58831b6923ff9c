package io.drawdown.cli.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.UserFacingException;
import io.drawdown.cli.stack.Heaps;
import io.drawdown.cli.stack.StackPorts;
import io.drawdown.contracts.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Builds the image of a service from its build output and its list of parts (SBOM), as a tar file ({@link ImageArchive})
 * and without a container engine. The same input gives the same image: no time, no user and no order of a folder is in it.
 */
public final class ServiceImages {

    /** A number, which a cluster can see is not root. All files are root's, so the process cannot change them. */
    public static final String USER = "10001:10001";

    private static final String HOME = "/app";
    private static final String OURS = "io.drawdown.";

    /** Replaced as a whole by who sets the variable: what is measured, and that a process without memory ends. */
    private static final String TUNING = "JAVA_TOOL_OPTIONS";

    private final Path root;
    private final Path folder;
    private final BaseImage base;
    private final Origin origin;

    /**
     * @param root the checkout
     * @param folder for the tar files, and for the layers that a later build finds there
     */
    public ServiceImages(Path root, Path folder, BaseImage base, Origin origin) {
        this.root = root;
        this.folder = folder;
        this.base = base;
        this.origin = origin;
    }

    /** A saved image; its name is in it, too. */
    public record Built(String name, Path tar, String digest) {}

    public Built build(Service service) {
        Path output = root.resolve(service.serviceName()).resolve("target");
        Path sbom = output.resolve(service.serviceName() + ".cdx.json");
        if (!Files.isRegularFile(sbom)) {
            throw new UserFacingException(
                    sbom + " is missing: it is written by ./drawdown images and by ./drawdown test,"
                            + " not by a build without a network");
        }
        try {
            Path jars = output.resolve("quarkus-app");
            String version = version(jars.resolve("quarkus-run.jar"));
            String name = "drawdown/" + service.serviceName() + ":" + version;
            Path tar = Files.createDirectories(folder).resolve(service.serviceName() + ".tar");
            JibContainerBuilder image = base.start(folder.resolve("base"))
                    .setFormat(ImageFormat.OCI)
                    .setFileEntriesLayers(libraries(jars), application(jars), parts(sbom))
                    .setLabels(labels(service, version));
            JibContainer built = save(started(image, service), name, tar);
            return new Built(name, tar, built.getDigest().toString());
        } catch (IOException e) {
            throw new UserFacingException(
                    "The image of " + service.serviceName() + " is not built: " + FileFault.reasonOf(e), e);
        } catch (RegistryException | ExecutionException e) {
            throw new UserFacingException(
                    "The base image " + base.reference() + " cannot be had: " + e.getMessage()
                            + " (without a registry: --base tar://PATH, or --base scratch for the layers above it)",
                    e);
        } catch (CacheDirectoryCreationException | InvalidImageReferenceException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("Interrupted while an image was built", e);
        }
    }

    private JibContainer save(JibContainerBuilder image, String name, Path tar)
            throws IOException, InterruptedException, RegistryException, ExecutionException,
                    CacheDirectoryCreationException, InvalidImageReferenceException {
        Path layout = Files.createTempFile(folder, "layout", ".tar");
        try {
            JibContainer built =
                    image.containerize(Containerizer.to(TarImage.at(layout).named(name))
                            .setApplicationLayersCache(folder.resolve("layers"))
                            .setBaseImageLayersCache(folder.resolve("base")));
            ImageArchive.complete(layout, tar, name);
            return built;
        } finally {
            Files.delete(layout);
        }
    }

    private static JibContainerBuilder started(JibContainerBuilder image, Service service) {
        int port = StackPorts.DEFAULT_BASE + service.portOffset();
        return image.setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(HOME))
                .addEnvironmentVariable(
                        TUNING,
                        "-XX:+UseParallelGC " + Heaps.of(service.serviceName()) + " -XX:+ExitOnOutOfMemoryError")
                .setEntrypoint(Stream.of(List.of("java"), JavaCommand.OF_LIBRARIES, List.of("-jar", "quarkus-run.jar"))
                        .flatMap(List::stream)
                        .toList())
                .setExposedPorts(Port.tcp(port), Port.tcp(StackPorts.management(port)));
    }

    private Map<String, String> labels(Service service, String version) {
        Map<String, String> labels = new HashMap<>(base.labels());
        labels.putAll(origin.labels());
        labels.put("org.opencontainers.image.title", "Drawdown " + service.serviceName());
        labels.put("org.opencontainers.image.version", version);
        labels.put("org.opencontainers.image.licenses", "Apache-2.0");
        return labels;
    }

    /** What changes with a dependency. It comes first, since a changed layer is sent again with all that lie above it. */
    private static FileEntriesLayer libraries(Path jars) throws IOException {
        return layer("libraries", jars, ServiceImages::isOfOthers);
    }

    private static FileEntriesLayer application(Path jars) throws IOException {
        return layer("application", jars, file -> !isOfOthers(file) && !file.endsWith("quarkus-app-dependencies.txt"));
    }

    private static FileEntriesLayer parts(Path sbom) {
        return FileEntriesLayer.builder()
                .setName("parts")
                .addEntry(sbom, AbsoluteUnixPath.get("/sbom").resolve(sbom.getFileName()))
                .build();
    }

    private static boolean isOfOthers(Path file) {
        return file.startsWith("lib") && !file.getFileName().toString().startsWith(OURS);
    }

    private static FileEntriesLayer layer(String name, Path jars, Predicate<Path> isIn) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> files = Files.walk(jars)) {
            files.filter(Files::isRegularFile)
                    .map(jars::relativize)
                    .filter(isIn)
                    .sorted()
                    .forEach(file -> layer.addEntry(
                            jars.resolve(file), AbsoluteUnixPath.get(HOME).resolve(file)));
        }
        return layer.build();
    }

    private static String version(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .orElseThrow(() -> new UserFacingException(jar + " does not say its version"));
        }
    }
}
