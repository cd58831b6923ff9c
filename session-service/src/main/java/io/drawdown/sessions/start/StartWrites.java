package io.drawdown.sessions.start;

import io.drawdown.kit.store.GuardedWrites;
import io.drawdown.kit.time.Scheduler;
import io.drawdown.sessions.document.SessionDocument;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The writes of one start. If the store fails, a write is tried again for a while, as long as the start goes on. */
final class StartWrites {

    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 20;

    private final GuardedWrites<SessionDocument> writes;
    private final Scheduler scheduler;
    private final BooleanSupplier isOver;
    private final Consumer<Throwable> failed;

    /** @param failed hears of a write that is not tried again */
    StartWrites(
            GuardedWrites<SessionDocument> writes,
            Scheduler scheduler,
            BooleanSupplier isOver,
            Consumer<Throwable> failed) {
        this.writes = writes;
        this.scheduler = scheduler;
        this.isOver = isOver;
        this.failed = failed;
    }

    /** @param then gets the document as it is in the store afterwards, unless the start is over */
    void write(SessionDocument starting, GuardedWrites.Rule<SessionDocument> rule, Consumer<SessionDocument> then) {
        write(starting, rule, then, MOST_TRIES);
    }

    private void write(
            SessionDocument starting,
            GuardedWrites.Rule<SessionDocument> rule,
            Consumer<SessionDocument> then,
            int left) {
        writes.change(starting, rule).subscribe().with(stored -> written(stored, then), fault -> {
            if (isOver.getAsBoolean() || left == 0) {
                failed.accept(fault);
            } else {
                scheduler.after(WRITE_AGAIN, () -> write(starting, rule, then, left - 1));
            }
        });
    }

    private void written(SessionDocument stored, Consumer<SessionDocument> then) {
        if (!isOver.getAsBoolean()) {
            then.accept(stored);
        }
    }
}
