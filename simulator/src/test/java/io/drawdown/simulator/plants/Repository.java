package io.drawdown.simulator.plants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sources as they are in the working copy. */
final class Repository {

    private static final Path ROOT = root();

    private Repository() {}

    static String source(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException fault) {
            throw new UncheckedIOException("no such source: " + ROOT.resolve(path), fault);
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
