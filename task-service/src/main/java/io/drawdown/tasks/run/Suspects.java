package io.drawdown.tasks.run;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.tasks.store.TaskStore;
import io.drawdown.tasks.task.TaskDocument;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Lets this incarnation run one suspect at a time, so that its death accuses no other. A claim of a suspect whose outcome is
 * unknown counts until it can not land any more.
 */
final class Suspects {

    private final TaskStore store;
    private @Nullable TaskDocument claimed;
    private boolean isUnknown;

    Suspects(TaskStore store) {
        this.store = store;
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

    /** The claim did not happen, or the run that followed from it is over. */
    void free(String id) {
        if (claimed != null && claimed.id().equals(id)) {
            claimed = null;
        }
    }

    /** @return whether it may still happen */
    boolean failed(TaskDocument claim, Throwable fault) {
        boolean isHeld = claimed != null && claimed.id().equals(claim.id()) && fault instanceof OutcomeUnknown;
        isUnknown |= isHeld;
        return isHeld;
    }

    /** Looks whether a claim with an unknown outcome can still land; one that landed is found among what this instance owns. */
    Uni<Void> resolve() {
        TaskDocument claim = claimed;
        if (claim == null || !isUnknown) {
            return Uni.createFrom().voidItem();
        }
        return store.get(claim.id())
                .invoke(found -> {
                    boolean mayLand = found.isPresent() && found.get().rev() < claim.rev();
                    if (isUnknown && claim.equals(claimed) && !mayLand) {
                        claimed = null;
                    }
                })
                .replaceWithVoid();
    }
}
