package io.drawdown.billing.testing;

import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Nobody pays. */
final class NoPayers implements PayerStore {

    @Override
    public Uni<Optional<PayerDocument>> get(String id) {
        return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<Boolean> insert(PayerDocument document) {
        throw new IllegalStateException("nobody pays");
    }

    @Override
    public Uni<Boolean> replace(PayerDocument before, PayerDocument next) {
        throw new IllegalStateException("nobody pays");
    }
}
