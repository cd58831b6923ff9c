package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.document.Bill;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes an owner's end down, again and again until the store has an end, this one or another's, or nobody wants it;
 * then gives back what the session holds, and waits a moment for what it cost.
 */
final class FinalWrite {

    private static final Logger LOG = Logger.getLogger(FinalWrite.class);
    private static final Duration WRITE_AGAIN = Duration.ofSeconds(1);

    private final OwnerContext context;
    private final SessionDocument seen;
    private final BooleanSupplier isWanted;
    private final Consumer<SessionDocument> written;
    private @Nullable Bill known;

    FinalWrite(
            OwnerContext context, SessionDocument seen, BooleanSupplier isWanted, Consumer<SessionDocument> written) {
        this.context = context;
        this.seen = seen;
        this.isWanted = isWanted;
        this.written = written;
    }

    /** The end of a session at its last credit waits for nothing: what it cost is known, and nothing is held any more. */
    FinalWrite knowing(@Nullable Bill bill) {
        known = bill;
        return this;
    }

    void write(EndReason reason, long usedMillis, Instant at) {
        Owner owner = seen.owner();
        context.writes()
                .change(seen, now -> now.isOpen() && now.isOwnedBy(owner) ? now.end(reason, usedMillis, at) : null)
                .subscribe()
                .with(this::stored, fault -> {
                    LOG.warnf("The end of session %s waits to be written: %s", seen.id(), fault);
                    context.machinery().scheduler().after(WRITE_AGAIN, () -> writeAgain(reason, usedMillis, at));
                });
    }

    private void writeAgain(EndReason reason, long usedMillis, Instant at) {
        if (isWanted.getAsBoolean()) {
            write(reason, usedMillis, at);
        }
    }

    private void stored(SessionDocument document) {
        Uni<SessionDocument> released = context.releases().release(document);
        if (known == null) {
            released.subscribe().with(this::told);
        } else {
            released.subscribe().with(billed -> {});
            told(document.isUnbilled() ? document.billed(known) : document);
        }
    }

    private void told(SessionDocument document) {
        if (isWanted.getAsBoolean()) {
            written.accept(document);
        }
    }
}
