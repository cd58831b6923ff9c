package io.drawdown.billing.api.run;

import io.drawdown.billing.testing.BillingServers;
import io.drawdown.kit.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Run with {@code -Ddrawdown.openapi.write=true} to accept a change. */
@QuarkusTest
@QuarkusTestResource(BillingServers.class)
class OpenApiTest {

    private static final Path COMMITTED = Path.of("../docs/openapi/billing-batch.yaml");

    @Test
    void committedDescriptionIsWhatTheServiceDoes() throws IOException {
        // When
        String generated = Management.get("/q/openapi").asString();
        // Then
        if (Boolean.getBoolean("drawdown.openapi.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, generated);
        }
        assertThat(generated).isEqualTo(Files.readString(COMMITTED));
    }
}
