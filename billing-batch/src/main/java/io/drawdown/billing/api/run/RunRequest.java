package io.drawdown.billing.api.run;

import io.drawdown.billing.batch.BatchProcess;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked for with; all of it may be absent.
 *
 * @param processes absent: all
 * @param budgetSeconds absent: as configured
 */
@Schema(name = "BatchRunRequest")
public record RunRequest(
        @Nullable @Size(min = 1, max = 100) List<@NotNull @Pattern(regexp = BatchProcess.NAME_FORM) String> processes,
        @Nullable Boolean dryRun,
        @Nullable @Min(1) @Max(3_600) Long budgetSeconds,
        @Nullable Instant asOf) {

    /** A request without a body. */
    static final RunRequest PLAIN = new RunRequest(null, null, null, null);

    boolean isDry() {
        return dryRun != null && dryRun;
    }
}
