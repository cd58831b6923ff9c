package io.drawdown.cli.stack;

import io.drawdown.cli.files.FileFault;
import io.drawdown.cli.process.JavaCommand;
import io.drawdown.cli.process.UserFacingException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Caches of loaded and linked classes, one for each kind of process (JEP 483, JEP 514). With one a process starts in less than
 * half of the time. It is written when a process ends that was started to make it, and is of use as long as the jars are
 * the same.
 */
final class AotCaches {

    /** That a cache does not fit in every detail is no news: the rest of it is used. */
    private static final String QUIET = "-Xlog:aot*=error";

    private final Path folder;
    private final boolean isMade;

    /** @param isMade whether caches that are missing are made */
    AotCaches(Path folder, boolean isMade) {
        this.folder = folder;
        this.isMade = isMade;
    }

    /** The same caches, none of which is made. */
    AotCaches asMade() {
        return new AotCaches(folder, false);
    }

    /**
     * The options of a process that {@link JavaCommand#leashed} starts with this class path. None if a folder is on it, for
     * which no cache is possible, or if there is no cache and none is made.
     */
    List<String> options(String process, String classPath) {
        List<Path> jars = Stream.of(JavaCommand.withLeash(classPath).split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return optionsOfJars(process, jars);
    }

    List<String> optionsOfJars(String process, List<Path> jars) {
        if (!jars.stream().allMatch(Files::isRegularFile)) {
            return List.of();
        }
        Path cache = folder.resolve(process + ".aot");
        if (isOlder(jars, cache)) {
            return List.of("-XX:AOTCache=" + cache, QUIET);
        }
        return isMade ? List.of(JavaCommand.RECORD_CLASSES + inFolder(cache), QUIET) : List.of();
    }

    private static boolean isOlder(List<Path> jars, Path cache) {
        if (!Files.exists(cache)) {
            return false;
        }
        FileTime made = changed(cache);
        return jars.stream().allMatch(jar -> changed(jar).compareTo(made) < 0);
    }

    private Path inFolder(Path cache) {
        try {
            Files.createDirectories(folder);
            return cache;
        } catch (IOException e) {
            throw new UserFacingException("The cache " + cache + " cannot be made: " + FileFault.reasonOf(e), e);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UserFacingException(file + " cannot be read: " + FileFault.reasonOf(e), e);
        }
    }
}
