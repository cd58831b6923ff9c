package io.drawdown.tasks.external;

import io.drawdown.tasks.run.Claims;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs.Moment;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes their tasks from workers elsewhere that were not heard of for as long as they may be silent. */
final class LapsedLeases {

    private static final int PAGE = 256;

    private final RunPorts ports;
    private final Claims claims;

    LapsedLeases(RunPorts ports, Claims claims) {
        this.ports = ports;
        this.claims = claims;
    }

    /** Completes when there are no more. */
    Uni<Void> take() {
        return ports.store()
                .leasedUntilBefore(ports.time().now(), PAGE)
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : ports.store()
                                .getAll(ids)
                                .chain(this::takeAll)
                                .chain(() ->
                                        ids.size() < PAGE ? Uni.createFrom().voidItem() : take()));
    }

    private Uni<Void> takeAll(List<TaskDocument> tasks) {
        return tasks.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(tasks.stream().map(this::take).toList())
                        .andCollectFailures()
                        .replaceWithVoid();
    }

    private Uni<TaskDocument> take(TaskDocument task) {
        return ports.writes().change(task, this::taken).invoke(claims::hint);
    }

    private @Nullable TaskDocument taken(TaskDocument found, Instant now) {
        Policy policy = ports.types().policyOf(found.spec().type());
        return Leases.isLapsed(found, now) ? Leases.lapse(found, policy, new Moment(now, ports.random())) : null;
    }
}
