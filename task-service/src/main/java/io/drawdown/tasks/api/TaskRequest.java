package io.drawdown.tasks.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drawdown.contracts.AccountId;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.tasks.bulk.TaskFilter;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.enqueue.TaskIds;
import io.drawdown.tasks.task.Lane;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A task that a client wants to be done. What is absent is as its type has it.
 *
 * @param payload absent: an empty object
 * @param lane absent: normal
 * @param tenant absent: the account, else the caller
 */
// More than 8 components: flat on the wire.
public record TaskRequest(
        @NotNull @Pattern(regexp = TaskTypeName.FORM) String type,

        @Nullable @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        ObjectNode payload,

        @Nullable Lane lane,
        @Nullable @Pattern(regexp = AccountId.FORM) String tenant,
        @Nullable @Pattern(regexp = AccountId.FORM) String account,
        @Nullable @Size(max = 10) List<@NotNull @Pattern(regexp = TAG) String> tags,
        @Nullable @Pattern(regexp = TaskIds.FORM) String parent,
        @Nullable @Pattern(regexp = IdempotencyKey.FORM) String uniqueKey,
        @Nullable @Pattern(regexp = IdempotencyKey.FORM) String orderKey,
        @Nullable Instant runAt,
        @Nullable @Min(0) @Max(LONGEST_DELAY) Long delaySeconds,
        @Nullable Instant expiresAt,
        @Nullable @Min(0) @Max(100) Integer retries,
        @Nullable @Min(1) @Max(DAY) Long timeoutSeconds,
        @Nullable @Min(0) @Max(DAY) Long firstBackoffSeconds,
        @Nullable @Min(0) @Max(DAY) Long longestBackoffSeconds,
        @Nullable @Min(0) @Max(YEAR) Long resultTtlSeconds,
        @Nullable @Min(0) @Max(YEAR) Long keepSeconds) {

    /** What a tag may be. */
    public static final String TAG = TaskFilter.TAG;

    public static final long DAY = 86_400;
    public static final long YEAR = 366 * DAY;
    static final long LONGEST_DELAY = YEAR;

    /** One with nothing but that. */
    public static TaskRequest of(String type, ObjectNode payload) {
        return new TaskRequest(
                type, payload, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    public ObjectNode givenPayload() {
        return payload == null ? JsonNodeFactory.instance.objectNode() : payload;
    }

    public Lane givenLane() {
        return lane == null ? Lane.NORMAL : lane;
    }

    public List<String> givenTags() {
        return tags == null ? List.of() : tags;
    }

    /** The same task in its shortest spelling and without its payload, so that a default that is spelled out is the same. */
    TaskRequest normal() {
        return new TaskRequest(
                type,
                null,
                givenLane() == Lane.NORMAL ? null : lane,
                tenant,
                account,
                givenTags().isEmpty() ? null : tags,
                parent,
                uniqueKey,
                orderKey,
                runAt,
                delaySeconds == null || delaySeconds == 0 ? null : delaySeconds,
                expiresAt,
                retries,
                timeoutSeconds,
                firstBackoffSeconds,
                longestBackoffSeconds,
                resultTtlSeconds,
                keepSeconds);
    }
}
