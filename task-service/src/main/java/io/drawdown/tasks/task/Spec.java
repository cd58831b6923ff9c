package io.drawdown.tasks.task;

import io.drawdown.contracts.TaskProgress;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.idempotency.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a task asked for. It does not change, but for the lane, which an operator may change while the task
 * waits.
 *
 * @param payload JSON that the handler of the type reads
 * @param tenant whose turn it is when the task runs: the tenant that was named, else the account, else the sender
 */
public record Spec(
        String type,
        String payload,
        Lane lane,
        String tenant,
        Sender sender,
        @Nullable Labels labels,
        @Nullable Terms terms) {

    /**
     * Who sent it, and when.
     *
     * @param requestHash distinguishes a repeated request from another one under the same idempotency key; absent without a key
     * @param trace of the request
     */
    public record Sender(
            String subject,
            Instant createdAt,
            @Nullable String requestHash,
            @Nullable TraceContext trace) {}

    /**
     * What relates a task to others. All of it is optional.
     *
     * @param parent the task that sent it
     * @param uniqueKey while this task is not over, its tenant has no other one of its type with this key
     * @param orderKey the tasks of its tenant with this key run one after the other
     */
    public record Labels(
            @Nullable String accountId,
            @Nullable List<String> tags,
            @Nullable String parent,
            @Nullable String uniqueKey,
            @Nullable String orderKey) {}

    /**
     * What this task has instead of what its type has. Absent: as its type has it.
     *
     * @param retries after the first attempt
     * @param timeoutMillis of one attempt
     * @param firstBackoffMillis the longest delay before the first retry
     * @param longestBackoffMillis the longest delay before any retry
     * @param resultTtlMillis how long the result is kept
     * @param keepMillis how long the record is kept once the task is over
     * @param expiresAt it fails unless it was started before
     */
    public record Terms(
            @Nullable Integer retries,
            @Nullable Long timeoutMillis,
            @Nullable Long firstBackoffMillis,
            @Nullable Long longestBackoffMillis,
            @Nullable Long resultTtlMillis,
            @Nullable Long keepMillis,
            @Nullable Instant expiresAt) {}

    Spec in(Lane other) {
        return new Spec(type, payload, other, tenant, sender, labels, terms);
    }

    public @Nullable String accountId() {
        return labels == null ? null : labels.accountId();
    }

    public List<String> tags() {
        return labels == null || labels.tags() == null ? List.of() : labels.tags();
    }

    /** What tells who may see its progress. */
    public TaskProgress.Labels progressLabels() {
        return new TaskProgress.Labels(type, tenant, accountId(), tags().isEmpty() ? null : tags());
    }

    /** What its unique key is stored as; null if it has none. */
    public @Nullable String uniqueHash() {
        return labels == null || labels.uniqueKey() == null ? null : Digest.of(tenant, type, labels.uniqueKey());
    }

    /** What its order key is stored as; null if it has none. */
    public @Nullable String orderHash() {
        return labels == null || labels.orderKey() == null ? null : Digest.of(tenant, labels.orderKey());
    }

    public @Nullable Instant expiresAt() {
        return terms == null ? null : terms.expiresAt();
    }
}
