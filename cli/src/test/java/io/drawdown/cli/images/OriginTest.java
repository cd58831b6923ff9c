package io.drawdown.cli.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.org/drawdown.git,            https://example.org/drawdown.git",
        "https://somebody:secret@example.org:8443/d,  https://example.org:8443/d",
        "https://somebody:sec ret@example.org/d,      ",
        "https://no_host/d,                           ",
        "/home/somebody/drawdown,                     ",
        "git@example.org:drawdown.git,                ",
    })
    void anImageTellsOfARemoteOnlyWhatIsPublic(String remote, String told) {
        // Then
        assertThat(Origin.publicPart(remote).orElse(null)).isEqualTo(told);
    }

    @Test
    void aFileThatGitDoesNotKnowIsADifference(@TempDir Path folder) throws Exception {
        // Given
        git(folder, "init", "--quiet");
        git(
                folder,
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                "t");
        String clean = Origin.of(folder).revision().orElseThrow();
        // When
        Files.writeString(folder.resolve("Extra.java"), "class Extra {}");
        // Then
        assertThat(clean).matches("[0-9a-f]{40}");
        assertThat(Origin.of(folder).revision()).contains(clean + "-dirty");
    }

    private static void git(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        int code = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    @Test
    void outsideARepositoryNothingIsKnown(@TempDir Path folder) {
        // Then
        assertThat(Origin.of(folder).labels()).isEmpty();
    }
}
