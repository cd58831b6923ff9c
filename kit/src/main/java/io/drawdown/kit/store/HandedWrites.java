package io.drawdown.kit.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import java.util.ArrayList;
import java.util.List;

/**
 * The guarded writes of one decision that were handed to the driver and whose outcome is unknown. Such a write can
 * still arrive while the document has the {@code rev} that guards it; once the {@code rev} is higher, it cannot. It
 * did not happen if the very next {@code rev} has another {@code writeId}; if the document is further on, nothing is
 * known. Only what certainly did not happen, and will not, may be answered as unavailable.
 */
public final class HandedWrites {

    private final List<HandedWrite> open = new ArrayList<>();
    private boolean mayHaveHappened;

    /** @param guard the {@code rev} that the document must have; 0 if it must not exist */
    private record HandedWrite(long guard, String writeId) {}

    public void hand(long guard, String writeId) {
        open.add(new HandedWrite(guard, writeId));
    }

    /** The outcome is known, or the write never left this process. */
    public void resolved(String writeId) {
        open.removeIf(write -> write.writeId().equals(writeId));
    }

    /**
     * Notes what a latest read saw; 0 and any id if there is no document.
     *
     * @return whether one of these writes produced what it saw
     */
    public boolean seen(long rev, String writeId) {
        boolean isOurs = false;
        for (HandedWrite write : List.copyOf(open)) {
            if (rev > write.guard()) {
                open.remove(write);
                boolean isOther = rev == write.guard() + 1 && !write.writeId().equals(writeId);
                mayHaveHappened |= !isOther;
                isOurs |= write.writeId().equals(writeId);
            }
        }
        return isOurs;
    }

    /** Whether a write may still arrive; then an answer without a write cannot be certain yet. */
    public boolean mayArrive() {
        return !open.isEmpty();
    }

    /** Whether a write may have happened, or may still happen. */
    public boolean mayHaveHappened() {
        return mayHaveHappened || mayArrive();
    }

    /** The fault to answer with when the decision fails. */
    public Throwable fault(Throwable fault) {
        if (mayHaveHappened()) {
            return fault instanceof OutcomeUnknown
                    ? fault
                    : new OutcomeUnknown("a write was sent and its answer was lost", fault);
        }
        return fault instanceof OutcomeUnknown
                ? new Unavailable("nothing was written: " + fault.getMessage(), fault)
                : fault;
    }
}
