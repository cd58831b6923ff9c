package io.drawdown.tasks.api.lease;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.kit.json.Json;
import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A task that a worker elsewhere has.
 *
 * @param effectKey what the keys of its effects begin with; the same for all its attempts
 */
@Schema(name = "Lease")
public record LeaseView(
        String id,
        String type,
        long fence,
        int attempt,

        @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        JsonNode payload,

        Instant deadline,
        Instant leasedUntil,
        String effectKey) {

    static LeaseView of(TaskDocument task, Policy policy) {
        if (!(task.state() instanceof Processing run)) {
            throw new IllegalArgumentException("not leased: " + task.id());
        }
        return new LeaseView(
                task.id(),
                task.spec().type(),
                task.counters().fence(),
                task.counters().runs(),
                Json.read(task.spec().payload().getBytes(UTF_8), JsonNode.class),
                Leases.deadline(task, policy),
                Objects.requireNonNull(run.leaseUntil(), "a run of a worker elsewhere has a lease"),
                task.id());
    }
}
