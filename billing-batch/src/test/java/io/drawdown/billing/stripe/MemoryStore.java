package io.drawdown.billing.stripe;

import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Guarded documents in memory. */
class MemoryStore<D extends GuardedDocument> implements GuardedStore<D> {

    private final Map<String, D> documents = new ConcurrentHashMap<>();

    @Override
    public Uni<Optional<D>> get(String id) {
        return Uni.createFrom().item(() -> Optional.ofNullable(documents.get(id)));
    }

    @Override
    public Uni<Boolean> insert(D document) {
        return Uni.createFrom().item(() -> documents.putIfAbsent(document.id(), document) == null);
    }

    @Override
    public Uni<Boolean> replace(D before, D next) {
        return Uni.createFrom().item(() -> documents.replace(before.id(), before, next));
    }
}
