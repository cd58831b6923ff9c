package io.drawdown.sessions.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.sessions.SessionDocument.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Writes an owner's end down, again and again until the store has an end, this one or another's, or nobody wants it. */
final class Ending {

    private static final Logger LOG = Logger.getLogger(Ending.class);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);

    private final Owning owning;
    private final SessionDocument seen;
    private final BooleanSupplier isWanted;
    private final Consumer<SessionDocument> written;

    Ending(Owning owning, SessionDocument seen, BooleanSupplier isWanted, Consumer<SessionDocument> written) {
        this.owning = owning;
        this.seen = seen;
        this.isWanted = isWanted;
        this.written = written;
    }

    void write(EndReason reason, long usedMillis, Instant at) {
        Owner owner = seen.owner();
        owning.writes()
                .change(seen, now -> now.isOpen() && now.isOwnedBy(owner) ? now.end(reason, usedMillis, at) : null)
                .subscribe()
                .with(this::stored, fault -> {
                    LOG.warnf("The end of session %s waits to be written: %s", seen.id(), fault);
                    owning.machinery().scheduler().after(WRITE_AGAIN, () -> writeAgain(reason, usedMillis, at));
                });
    }

    private void writeAgain(EndReason reason, long usedMillis, Instant at) {
        if (isWanted.getAsBoolean()) {
            write(reason, usedMillis, at);
        }
    }

    private void stored(SessionDocument document) {
        if (isWanted.getAsBoolean()) {
            written.accept(document);
        }
    }
}
