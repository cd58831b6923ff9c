package io.drawdown.billing.charge.engine;

import io.drawdown.billing.charge.Charge;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The port to the one document that owns a charge. Fails with {@code Unavailable} or {@code OutcomeUnknown}, as stores do. */
public interface ChargeOwner {

    /**
     * The charge as it was read.
     *
     * @param version of its document; another one means that somebody wrote it since
     */
    record Stored(Charge charge, long version) {}

    /** The charge as it is stored, read after this call. */
    Uni<Stored> read();

    /**
     * Stores the charge, with whatever it causes in its document, if the document has not been written since. Empty if it has, or
     * if this process may not write it any more; then nothing was written.
     */
    Uni<Optional<Stored>> replace(Stored seen, Charge next);
}
