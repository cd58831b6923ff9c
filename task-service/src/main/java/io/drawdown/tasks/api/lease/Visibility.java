package io.drawdown.tasks.api.lease;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.tasks.config.TaskConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a worker that lives elsewhere may be silent. */
@Singleton
final class Visibility {

    private final Duration normal;
    private final Duration longest;

    Visibility(TaskConfig config) {
        normal = config.task().leases().visibility();
        longest = config.task().leases().longestVisibility();
    }

    /** @throws ProblemException if it is longer than this installation allows */
    Duration of(@Nullable Long seconds) {
        Duration wanted = seconds == null ? normal : Duration.ofSeconds(seconds);
        if (wanted.compareTo(longest) > 0) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "visibility_seconds is above " + longest.toSeconds());
        }
        return wanted;
    }
}
