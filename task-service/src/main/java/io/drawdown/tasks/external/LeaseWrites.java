package io.drawdown.tasks.external;

import io.drawdown.kit.store.RandomIds;
import io.drawdown.tasks.config.TaskTypes;
import io.drawdown.tasks.external.Leased.Granted;
import io.drawdown.tasks.run.ReadyQueue;
import io.drawdown.tasks.run.RunPorts;
import io.drawdown.tasks.store.TaskOutbox;
import io.drawdown.tasks.task.Leases;
import io.drawdown.tasks.task.Leases.Grant;
import io.drawdown.tasks.task.Policy;
import io.drawdown.tasks.task.Runs;
import io.drawdown.tasks.task.StateChange;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Writes leases. */
final class LeaseWrites {

    private final RunPorts ports;
    private final TaskTypes types;
    private final TaskOutbox outbox;
    private final Consumer<StateChange> changes;
    private final RandomIds writeIds;

    /** @param changes counts the leases */
    LeaseWrites(RunPorts ports, TaskOutbox outbox, Consumer<StateChange> changes) {
        this.ports = ports;
        this.types = ports.types();
        this.outbox = outbox;
        this.changes = changes;
        this.writeIds = new RandomIds(ports.random());
    }

    /** Leases those of the tasks that nobody else is faster to take, in one write. Passes over those that could not be leased. */
    Uni<Granted> lease(LeasePoll poll, ReadyQueue queue, List<TaskDocument> found) {
        List<TaskDocument> leases = leases(poll, found);
        if (leases.isEmpty()) {
            return Uni.createFrom().item(new Granted(List.of(), false));
        }
        return ports.store().replaceAll(leases).map(ids -> {
            List<TaskDocument> won =
                    leases.stream().filter(each -> ids.contains(each.id())).toList();
            won.forEach(this::leased);
            queue.passOver(
                    leases.stream().filter(each -> !ids.contains(each.id())).toList());
            return new Granted(won, false);
        });
    }

    private void leased(TaskDocument lease) {
        outbox.offer(lease);
        changes.accept(StateChange.claimed(lease));
        ports.monitor().started(lease.spec().type());
    }

    private List<TaskDocument> leases(LeasePoll poll, List<TaskDocument> found) {
        Instant now = ports.time().now();
        Set<String> ids = new HashSet<>();
        List<TaskDocument> leases = new ArrayList<>();
        for (TaskDocument task : found) {
            if (ids.add(task.id()) && !task.isExpired(now)) {
                LeaseRequest request = poll.request();
                Grant grant = new Grant(
                        request.worker().owner(),
                        request.visibility(),
                        task.isSuspect() ? poll.slots().suspect() : poll.slots().next(leases.size()));
                leases.add(Leases.lease(task, grant, policy(task), now)
                        .written(writeIds.get(), outbox.drainedTo(task.id())));
            }
        }
        return leases;
    }

    /** The worker never heard of it: nobody has done anything to the task. */
    Uni<TaskDocument> handBack(TaskDocument lease) {
        return ports.writes()
                .change(
                        lease,
                        (found, now) -> found.rev() == lease.rev() ? Runs.handBack(found, policy(found), now) : null);
    }

    private Policy policy(TaskDocument task) {
        return types.policyOf(task.spec().type());
    }
}
