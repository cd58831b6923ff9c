package io.drawdown.client.types;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code -Ddrawdown.types.write=true} writes the file that is compared. */
class FrameTypesTest {

    private static final Path FILE = Path.of("../browser/frames.d.ts");

    @Test
    void theTypesOfTheFramesAreThoseOfTheirSchemas() throws IOException {
        // When
        String made = TypeScript.of(new Frames());
        // Then
        if (Boolean.getBoolean("drawdown.types.write")) {
            Files.writeString(FILE, made);
        }
        assertThat(Files.readString(FILE)).isEqualTo(made);
    }
}
