package io.drawdown.kit.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import java.util.ArrayList;
import java.util.List;

/**
 * The guarded writes of one decision that were handed to the driver and whose outcome is not known. Such a write can
 * still arrive while the document's {@code rev} is its guard; once the {@code rev} has passed that, it cannot. It did not
 * happen if the very next {@code rev} shows another {@code writeId}; of what was written further on nothing is known.
 * Only what certainly did not happen, and will not, may be answered as unavailable.
 */
public final class HandedWrites {

    private final List<HandedWrite> open = new ArrayList<>();
    private boolean mayHaveHappened;

    /** @param guard the {@code rev} that the document must have; 0 where it must not exist */
    private record HandedWrite(long guard, String writeId) {}

    public void hand(long guard, String writeId) {
        open.add(new HandedWrite(guard, writeId));
    }

    /** The store said what became of it, or it never left this process. */
    public void settled(String writeId) {
        open.removeIf(write -> write.writeId().equals(writeId));
    }

    /**
     * A read that decides saw the document so; 0 and any id where there is none.
     *
     * @return whether one of these writes made it so
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

    /** Whether one may still be on its way: what no write carries cannot be answered for certain yet. */
    public boolean mayArrive() {
        return !open.isEmpty();
    }

    /** Whether one may have happened, or may still. */
    public boolean mayHaveHappened() {
        return mayHaveHappened || mayArrive();
    }

    /** What is to be said of a decision that fails for this. */
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
