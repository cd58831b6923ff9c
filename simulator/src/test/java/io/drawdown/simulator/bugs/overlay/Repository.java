package io.drawdown.simulator.bugs.overlay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sources of the working copy. */
final class Repository {

    private static final Path ROOT = root();

    private Repository() {}

    /** The source of a class of the main code, in any module. */
    static String source(String className) {
        String file = "src/main/java/" + className.replace('.', '/') + ".java";
        try (Stream<Path> modules = Files.list(ROOT)) {
            Path source = modules.map(module -> module.resolve(file))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no module has the source of " + className));
            return Files.readString(source);
        } catch (IOException fault) {
            throw new UncheckedIOException("the source of " + className + " cannot be read", fault);
        }
    }

    private static Path root() {
        Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "not inside the repository: " + Path.of("").toAbsolutePath());
        }
        return folder;
    }
}
