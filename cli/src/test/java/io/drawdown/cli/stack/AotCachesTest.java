package io.drawdown.cli.stack;

import io.drawdown.cli.process.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AotCachesTest {

    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path jar;
    private Path caches;
    private Path cache;

    @BeforeEach
    void aJar() throws IOException {
        jar = changed(folder.resolve("a.jar"), BUILT);
        caches = folder.resolve("aot");
        cache = caches.resolve("broker.aot");
    }

    private static Path changed(Path file, Instant at) throws IOException {
        Files.createDirectories(file.getParent());
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private List<String> options(boolean isMade) {
        return new AotCaches(caches, isMade).optionsOfJars("broker", List.of(jar));
    }

    @Test
    void missingCacheIsMadeOnlyWhereThatIsWanted() {
        assertThat(options(false)).isEmpty();
        assertThat(options(true)).contains("-XX:AOTCacheOutput=" + cache);
        assertThat(JavaCommand.recordsClasses(options(true))).isTrue();
        assertThat(caches).isDirectory();
    }

    @Test
    void cacheThatIsNewerThanTheJarsIsUsed() throws IOException {
        changed(cache, BUILT.plusSeconds(1));
        assertThat(options(false)).contains("-XX:AOTCache=" + cache);
        assertThat(JavaCommand.recordsClasses(options(true))).isFalse();
    }

    @Test
    void cacheOfEarlierJarsIsNotUsed() throws IOException {
        changed(cache, BUILT.minusSeconds(1));
        assertThat(options(false)).isEmpty();
        assertThat(options(true)).contains("-XX:AOTCacheOutput=" + cache);
    }

    @Test
    void thereIsNoCacheWithAFolderOnTheClassPath() {
        assertThat(new AotCaches(caches, true).options("broker", jar + File.pathSeparator + folder))
                .isEmpty();
    }
}
