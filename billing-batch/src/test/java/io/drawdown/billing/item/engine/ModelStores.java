package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.billing.item.store.TeamStore;
import io.drawdown.billing.payer.FingerprintDocument;
import io.drawdown.billing.payer.PayerDocument;
import io.drawdown.billing.payer.PayerStore;
import io.drawdown.billing.payer.PayerStores;
import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents of the model, guarded as real ones are. Lists are not asked for. */
final class ModelStores {

    final Map<String, ItemDocument> items = new TreeMap<>();
    final Map<String, TeamDocument> teams = new TreeMap<>();
    final Map<String, PayerDocument> payers = new TreeMap<>();
    private final Map<String, FingerprintDocument> fingerprints = new TreeMap<>();

    private final Chaos chaos;
    private final Consumer<ItemDocument> watcher;

    /** @param watcher sees every item as it is stored */
    ModelStores(Chaos chaos, Consumer<ItemDocument> watcher) {
        this.chaos = chaos;
        this.watcher = watcher;
    }

    private class Guarded<D extends GuardedDocument> implements GuardedStore<D> {

        private final Map<String, D> documents;
        final Chaos.Process process;

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
            return chaos.store(
                    process, true, () -> documents.putIfAbsent(document.id(), document) == null && seen(document));
        }

        @Override
        public Uni<Boolean> replace(D before, D next) {
            return chaos.store(process, true, () -> {
                if (Objects.requireNonNull(documents.get(before.id())).rev() != before.rev()) {
                    return false;
                }
                documents.put(next.id(), next);
                return seen(next);
            });
        }

        private boolean seen(D document) {
            if (document instanceof ItemDocument item) {
                watcher.accept(item);
            }
            return true;
        }
    }

    private static ItemDocument trimmed(ItemDocument item, long seq) {
        ItemDocument next = item.outbox().seq() == seq ? ItemRules.trimmed(item, seq) : null;
        return next == null ? item : next.written(item.writeId());
    }

    ItemStores of(Chaos.Process process) {
        return new ItemStores(new ItemsOf(process), new TeamsOf(process));
    }

    PayerStores payersOf(Chaos.Process process) {
        return new PayerStores(new PayersOf(process), new Guarded<>(fingerprints, process));
    }

    private final class TeamsOf extends Guarded<TeamDocument> implements TeamStore {
        TeamsOf(Chaos.Process process) {
            super(teams, process);
        }
    }

    private final class PayersOf extends Guarded<PayerDocument> implements PayerStore {
        PayersOf(Chaos.Process process) {
            super(payers, process);
        }
    }

    private final class ItemsOf extends Guarded<ItemDocument> implements ItemStore {
        ItemsOf(Chaos.Process process) {
            super(items, process);
        }

        @Override
        public Uni<List<ItemDocument>> due(Instant asOf, @Nullable Turn after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<ItemDocument>> old(Instant queuedBefore, @Nullable Turn after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<ItemDocument>> untold(@Nullable Turn after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<ItemDocument>> page(Filter filter, @Nullable Turn after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Map<ItemStatus, Long>> counts(String team) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<ItemDocument>> unsent(Instant pendingBefore, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> trim(Map<String, Long> drainedTo) {
            return chaos.store(process, true, () -> {
                drainedTo.forEach((id, seq) -> items.computeIfPresent(id, (same, item) -> trimmed(item, seq)));
                return null;
            });
        }
    }
}
