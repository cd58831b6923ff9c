package io.drawdown.tasks.run;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import io.drawdown.tasks.task.TaskState.Processing;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets this incarnation run one suspect at a time, so that its death accuses no other. A claim of a suspect whose outcome is
 * unknown counts until it can not land any more.
 */
final class Suspects {

    private final TaskStore store;
    private final GuardedWrites<TaskDocument> writes;
    private @Nullable TaskDocument claimed;
    private boolean isUnknown;

    Suspects(TaskStore store, GuardedWrites<TaskDocument> writes) {
        this.store = store;
        this.writes = writes;
    }

    boolean isFree() {
        return claimed == null;
    }

    boolean mayClaim(TaskDocument task) {
        return !task.isSuspect() || claimed == null;
    }

    /** @param claim as it is written */
    void claim(TaskDocument claim) {
        if (claim.isSuspect()) {
            claimed = claim;
            isUnknown = false;
        }
    }

    /** The claim with that fence did not happen, or the run that followed from it is over. */
    void free(String id, long fence) {
        if (claimed != null && claimed.id().equals(id) && claimed.counters().fence() == fence) {
            claimed = null;
        }
    }

    /** The claim failed. If it may still happen it counts. */
    void failed(TaskDocument claim, Throwable fault) {
        if (claim.equals(claimed) && fault instanceof OutcomeUnknown) {
            isUnknown = true;
        } else {
            free(claim.id(), claim.counters().fence());
        }
    }

    /**
     * Settles a claim with an unknown outcome. One that landed is found among what this instance owns. One that may still land is
     * kept from it by a write that changes nothing but the revision.
     */
    Uni<Void> resolve() {
        TaskDocument claim = claimed;
        return claim == null || !isUnknown
                ? Uni.createFrom().voidItem()
                : store.get(claim.id()).chain(found -> settle(claim, found));
    }

    private Uni<Void> settle(TaskDocument claim, Optional<TaskDocument> found) {
        if (found.isPresent() && found.get().rev() < claim.rev()) {
            return writes.change(found.get(), (task, now) -> task.rev() < claim.rev() ? task : null)
                    .replaceWithVoid();
        }
        String owner = claim.state() instanceof Processing run ? run.owner() : "";
        boolean isLanded =
                found.isPresent() && found.get().isRun(owner, claim.counters().fence());
        if (isUnknown && claim.equals(claimed) && !isLanded) {
            claimed = null;
        }
        return Uni.createFrom().voidItem();
    }
}
