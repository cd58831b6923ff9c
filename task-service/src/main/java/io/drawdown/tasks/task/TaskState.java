package io.drawdown.tasks.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a task is in its life, as its document says:
 *
 * <pre>
 * Scheduled ⇄ Pending → Processing → Completed | Failed | Cancelled | Dead
 *     ↑          ↑          |
 *     └──────────┴──────────┘            a retry waits; a crash, a hand-back
 * </pre>
 *
 * A terminal state is final within one life of the task; a manual retry begins the next life. The fields of a state are
 * those that queries look for while the task is in it, so an index over them holds no other tasks.
 */
public sealed interface TaskState {

    /** Its name: in capitals in documents, where queries use it; in small letters for readers. */
    @Schema(name = "TaskState")
    enum Name {
        @JsonProperty("scheduled")
        SCHEDULED(Scheduled.class),
        @JsonProperty("pending")
        PENDING(Pending.class),
        @JsonProperty("processing")
        PROCESSING(Processing.class),
        @JsonProperty("completed")
        COMPLETED(Completed.class),
        @JsonProperty("failed")
        FAILED(Failed.class),
        @JsonProperty("cancelled")
        CANCELLED(Cancelled.class),
        @JsonProperty("dead")
        DEAD(Dead.class);

        private final Class<? extends TaskState> type;

        Name(Class<? extends TaskState> type) {
            this.type = type;
        }

        Class<? extends TaskState> type() {
            return type;
        }

        /** As it is on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isTerminal() {
            return Terminal.class.isAssignableFrom(type);
        }
    }

    default Name name() {
        return switch (this) {
            case Scheduled _ -> Name.SCHEDULED;
            case Pending _ -> Name.PENDING;
            case Processing _ -> Name.PROCESSING;
            case Completed _ -> Name.COMPLETED;
            case Failed _ -> Name.FAILED;
            case Cancelled _ -> Name.CANCELLED;
            case Dead _ -> Name.DEAD;
        };
    }

    /** Nobody runs it; it may be cancelled, moved or claimed by one guarded write. */
    sealed interface Waiting extends TaskState {

        /** When it fails unless it was started before; absent once it was started, or if it has no deadline. */
        @Nullable
        Instant expiresAt();
    }

    /** Over, within this life of the task. */
    sealed interface Terminal extends TaskState {

        Instant at();

        /** When the record may be removed. */
        Instant removeAt();
    }

    /** What a scheduled task waits for. */
    enum Cause {
        /** For the time that its sender asked for. */
        RUN_AT,
        /** For its next attempt, after a failure. */
        RETRY,
        /** For the verdict on its third crash. */
        VERDICT
    }

    /** It waits for a time; it holds no slot. */
    record Scheduled(Instant dueAt, Cause cause, @Nullable Instant expiresAt) implements Waiting {}

    /**
     * It waits for a worker.
     *
     * @param ready its place in the queue; absent while another task of its order key is before it
     */
    record Pending(@Nullable Ready ready, @Nullable Instant expiresAt) implements Waiting {}

    /**
     * A place in the queue: in each lane of a queue the tenants take turns, and the tasks of one tenant go by time.
     *
     * @param queue that of the type, or that of its suspects
     * @param at since when it waits
     */
    record Ready(String queue, Lane lane, String tenant, Instant at) {

        private static final String SUSPECTS = "!";

        /** The name of the queue of a type, or of its suspects, which wait apart. */
        public static String queueOf(String type, boolean ofSuspects) {
            return ofSuspects ? SUSPECTS + type : type;
        }
    }

    /**
     * A worker runs it.
     *
     * @param owner the incarnation, or the external worker, whose run it is
     * @param suspect true if it may be what killed its workers; an incarnation runs at most one such task at a time
     * @param cancelFor the owner again, once someone wants to cancel the task
     * @param leaseUntil when the run of an external worker counts as crashed; absent for an incarnation
     */
    record Processing(
            String owner,
            Instant since,
            @Nullable Boolean suspect,
            @Nullable String cancelFor,
            @Nullable Instant leaseUntil)
            implements TaskState {

        public boolean isCancelAsked() {
            return cancelFor != null;
        }

        /** A worker elsewhere has until then to stop it. */
        Processing cancelAsked(Instant grace) {
            Instant until = leaseUntil == null || leaseUntil.isBefore(grace) ? leaseUntil : grace;
            return new Processing(owner, since, suspect, owner, until);
        }

        Processing leasedUntil(Instant until) {
            return new Processing(owner, since, suspect, cancelFor, until);
        }
    }

    /**
     * Its handler returned.
     *
     * @param result JSON; absent once {@code resultUntil} has passed
     * @param resultUntil when the result goes; absent once it has gone
     */
    record Completed(
            Instant at,
            Instant removeAt,
            @Nullable String result,
            @Nullable Instant resultUntil) implements Terminal {}

    /** It can not be completed: the failure is permanent, or its deadline passed before it started. */
    record Failed(Instant at, Instant removeAt, TaskFailure failure) implements Terminal {}

    /** Someone wanted it to be cancelled, and it did not complete before. */
    record Cancelled(Instant at, Instant removeAt) implements Terminal {}

    /**
     * All its attempts failed, or it killed its workers. It waits for a person, who may replay it.
     *
     * @param letter what it is found by among the dead tasks
     */
    record Dead(Instant at, Instant removeAt, TaskFailure failure, Letter letter) implements Terminal {}

    /**
     * What a dead task is found by.
     *
     * @param group the fingerprint that it shares with tasks that failed in the same way
     * @param place when it died, and its id: places are in the order of time, and no two tasks have the same
     */
    record Letter(String group, String type, String place) {

        /** Of a place, as a regular expression. */
        public static final String FORM = "[0-9]{15}\\..{1,40}";

        static Letter of(String group, String type, Instant at, String id) {
            return new Letter(group, type, before(at) + "." + id);
        }

        /** Before the places of all tasks that died then or later, and after all others. */
        public static String before(Instant at) {
            return String.format(Locale.ROOT, "%015d", at.toEpochMilli());
        }
    }
}
