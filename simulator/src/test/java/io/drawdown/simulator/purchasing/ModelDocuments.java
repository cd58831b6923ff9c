package io.drawdown.simulator.purchasing;

import io.drawdown.billing.payer.FingerprintDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.billing.purchase.PurchaseDocument;
import io.drawdown.billing.purchase.store.PurchaseStore;
import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The documents of the model, guarded as real ones are. Lists are not asked for. */
final class ModelDocuments {

    final Map<String, PurchaseDocument> purchases = new TreeMap<>();
    final Map<String, TopUpDocument> topUps = new TreeMap<>();
    private final Map<String, FingerprintDocument> fingerprints = new TreeMap<>();
    final Map<String, PayerDocument> payers = new TreeMap<>();

    private final Chaos chaos;
    private final Runnable whenStored;

    ModelDocuments(Chaos chaos, Runnable whenStored) {
        this.chaos = chaos;
        this.whenStored = whenStored;
    }

    private class Guarded<D extends GuardedDocument> implements GuardedStore<D> {

        private final Map<String, D> documents;
        private final Chaos.Process process;

        Guarded(Map<String, D> documents, Chaos.Process process) {
            this.documents = documents;
            this.process = process;
        }

        @Override
        public Uni<Optional<D>> get(String id) {
            return chaos.store(process, false, () -> Optional.ofNullable(documents.get(id)));
        }

        @Override
        public Uni<Boolean> insert(D document) {
            return chaos.store(process, true, () -> stored(documents.putIfAbsent(document.id(), document) == null));
        }

        @Override
        public Uni<Boolean> replace(D before, D next) {
            return chaos.store(process, true, () -> {
                if (Objects.requireNonNull(documents.get(before.id())).rev() != before.rev()) {
                    return false;
                }
                documents.put(next.id(), next);
                return stored(true);
            });
        }

        private boolean stored(boolean isDone) {
            whenStored.run();
            return isDone;
        }
    }

    PayerStores payersOf(Chaos.Process process) {
        return new PayerStores(new PayersOf(process), new Guarded<>(fingerprints, process));
    }

    PurchaseStore purchasesOf(Chaos.Process process) {
        return new PurchasesOf(process);
    }

    TopUpStore topUpsOf(Chaos.Process process) {
        return new TopUpsOf(process);
    }

    private final class PayersOf extends Guarded<PayerDocument> implements PayerStore {
        PayersOf(Chaos.Process process) {
            super(payers, process);
        }
    }

    private final class PurchasesOf extends Guarded<PurchaseDocument> implements PurchaseStore {
        PurchasesOf(Chaos.Process process) {
            super(purchases, process);
        }

        @Override
        public Uni<List<PurchaseDocument>> due(Instant asOf, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<PurchaseDocument>> page(@Nullable String account, @Nullable String after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<PurchaseDocument>> unsent(Instant pendingBefore, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    private final class TopUpsOf extends Guarded<TopUpDocument> implements TopUpStore {
        TopUpsOf(Chaos.Process process) {
            super(topUps, process);
        }

        @Override
        public Uni<List<TopUpDocument>> due(Instant asOf, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<TopUpDocument>> watched(@Nullable String afterAccount, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<TopUpDocument>> noticesDue(@Nullable String afterAccount, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
