package io.drawdown.cli.images;

import java.nio.file.Path;
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
        "/home/somebody/drawdown,                     ",
        "git@example.org:drawdown.git,                ",
    })
    void anImageTellsOfARemoteOnlyWhatIsPublic(String remote, String told) {
        // Then
        assertThat(Origin.publicPart(remote).orElse(null)).isEqualTo(told);
    }

    @Test
    void outsideARepositoryNothingIsKnown(@TempDir Path folder) {
        // Then
        assertThat(Origin.of(folder).labels()).isEmpty();
    }
}
