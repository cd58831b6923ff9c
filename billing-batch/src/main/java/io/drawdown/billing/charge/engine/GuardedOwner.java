package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Charge;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.kit.store.GuardedWrites;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A charge inside a guarded document. One object serves one move. */
public final class GuardedOwner<D extends GuardedDocument> implements ChargeOwner {

    /** Where a document has its charge. */
    public interface Lens<D> {
        Charge chargeOf(D document);

        /** The document with that charge, and with what the change causes: its events, a place given back. Pure. */
        D with(D document, Charge next, Instant now);
    }

    private final GuardedStore<D> store;
    private final GuardedWrites<D> writes;
    private final Lens<D> lens;
    private final String documentId;
    private @Nullable D latest;
    private @Nullable D written;

    public GuardedOwner(GuardedStore<D> store, GuardedWrites<D> writes, Lens<D> lens, String documentId) {
        this.store = store;
        this.writes = writes;
        this.lens = lens;
        this.documentId = documentId;
    }

    /** The document as this last read or wrote it; empty before a move. */
    public Optional<D> document() {
        return Optional.ofNullable(latest);
    }

    /** The move begins with the document as the caller has just written it, and need not read it first. */
    public GuardedOwner<D> justWritten(D document) {
        written = document;
        return this;
    }

    @Override
    public Uni<Stored> read() {
        D first = written;
        written = null;
        return first == null ? readStored() : Uni.createFrom().item(seen(first));
    }

    private Uni<Stored> readStored() {
        return store.get(documentId)
                .map(found -> found.orElseThrow(() -> new IllegalStateException("gone: " + documentId)))
                .map(this::seen);
    }

    /** The charge differs from what anybody else would write wherever that matters: it has the token of its claim. */
    @Override
    public Uni<Optional<Stored>> replace(Stored before, Charge next) {
        D read = latest;
        if (read == null || read.rev() != before.version()) {
            throw new IllegalStateException("not the document that was read: " + documentId);
        }
        return writes.change(
                        read,
                        (current, now) -> current.rev() == before.version() ? lens.with(current, next, now) : null)
                .map(written -> written.rev() == before.version() + 1
                                && lens.chargeOf(written).equals(next)
                        ? Optional.of(seen(written))
                        : Optional.empty());
    }

    private Stored seen(D document) {
        latest = document;
        return new Stored(lens.chargeOf(document), document.rev());
    }
}
