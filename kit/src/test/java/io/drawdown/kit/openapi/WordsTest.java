package io.drawdown.kit.openapi;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTest {

    @Test
    void theWordsOfAServiceWinWhereverTheyStandOnTheClassPath(@TempDir Path service) throws IOException {
        // Given
        Path own = Files.createDirectories(service.resolve("META-INF/drawdown")).resolve("words.yaml");
        Files.writeString(own, "id: {description: \"The id of the thing\"}");
        for (boolean isFirst : List.of(true, false)) {
            try (URLClassLoader classes = loader(service, isFirst)) {
                // When
                Words words = Words.read(classes);

                // Then
                assertThat(words.of("id").orElseThrow().description()).isEqualTo("The id of the thing");
                assertThat(words.of("limit")).isPresent();
            }
        }
    }

    private static URLClassLoader loader(Path service, boolean isFirst) throws IOException {
        return new URLClassLoader(new URL[] {service.toUri().toURL()}, WordsTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                List<URL> found = new ArrayList<>(Collections.list(getParent().getResources(name)));
                found.addAll(isFirst ? 0 : found.size(), Collections.list(findResources(name)));
                return Collections.enumeration(found);
            }
        };
    }
}
