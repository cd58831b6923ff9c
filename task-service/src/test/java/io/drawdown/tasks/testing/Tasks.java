package io.drawdown.tasks.testing;

import io.drawdown.contracts.TraceContext;
import io.drawdown.tasks.task.Keys.Lease;
import io.drawdown.tasks.task.Keys.Order;
import io.drawdown.tasks.task.Lane;
import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Leases.Grant;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Reason;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.Spec;
import io.drawdown.tasks.task.Spec.Labels;
import io.drawdown.tasks.task.Spec.Sender;
import io.drawdown.tasks.task.Spec.Terms;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskFailure;
import io.drawdown.tasks.task.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Tasks to try things with. */
public final class Tasks {

    public static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    public static final TaskFailure FAILURE = new TaskFailure(Reason.TEMPORARY, "java.io.IOException", "away");

    private Tasks() {}

    /** A small one, as most are. */
    public static Spec spec(String type, String tenant, Instant createdAt) {
        return new Spec(type, "{}", Lane.NORMAL, tenant, new Sender("gateway-1", createdAt, null, null), null, null);
    }

    /** One with everything that a sender may ask for. */
    public static Spec fullSpec(Instant createdAt) {
        TraceContext trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1");
        return new Spec(
                "echo",
                "{\"a\":1}",
                Lane.HIGH,
                "acme",
                new Sender("gateway-1", createdAt, "hash-of-the-request", trace),
                new Labels("acc-1", List.of("red", "blue"), "tsk_parent", "unique", null),
                new Terms(5, 1_000L, 2_000L, 3_000L, 4_000L, 5_000L, createdAt.plusSeconds(60)));
    }

    /** A task that waits for a worker. */
    public static TaskDocument waiting(String id, Spec spec) {
        return Waits.queued(id, spec, null, null).written("w-0", 0);
    }

    public static TaskDocument waiting(String id) {
        return waiting(id, spec("echo", "acme", AT));
    }

    /** A task that is due then. */
    public static TaskDocument scheduled(String id, Instant runAt) {
        return Waits.queued(id, spec("echo", "acme", AT), runAt, null).written("w-0", 0);
    }

    /** A task that waits until it is the head of its order key. */
    public static TaskDocument ordered(String id, String orderHash, long seq) {
        return Waits.queued(id, spec("echo", "acme", AT), null, new Order(orderHash, seq))
                .written("w-0", 0);
    }

    /** A task that a worker elsewhere has for half a minute, in a slot of the name of the task. */
    public static TaskDocument leased(String id, Instant now) {
        Grant grant = new Grant("ext:shop:w", Duration.ofSeconds(30), new Lease("slot of " + id, "request"));
        return Leases.lease(waiting(id), grant, Policy.DEFAULT, now).written("w-1", 0);
    }

    /** The moment of a change, without chance. */
    public static Moment moment(Instant now) {
        return new Moment(now, new SplittableRandom(1));
    }
}
