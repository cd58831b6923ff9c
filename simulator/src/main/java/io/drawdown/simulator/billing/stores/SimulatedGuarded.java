package io.drawdown.simulator.billing.stores;

import io.drawdown.kit.store.GuardedDocument;
import io.drawdown.kit.store.GuardedStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Table;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Guarded documents of one collection as one process reaches them. */
public class SimulatedGuarded<D extends GuardedDocument> implements GuardedStore<D> {

    final Link link;
    final Database database;
    final Table<D> documents;

    public SimulatedGuarded(Link link, Database database, Table<D> documents) {
        this.link = link;
        this.database = database;
        this.documents = documents;
    }

    @Override
    public Uni<Optional<D>> get(String id) {
        return link.read(() -> Optional.ofNullable(documents.committed(id)));
    }

    @Override
    public Uni<Boolean> insert(D document) {
        return link.write((callFault, answer) -> {
            if (documents.local(document.id()) == null) {
                put(document, callFault, answer);
            } else {
                answer.complete(false);
            }
        });
    }

    @Override
    public Uni<Boolean> replace(D before, D next) {
        return link.write((callFault, answer) -> {
            D present = documents.local(next.id());
            if (callFault != CallFault.LOST_RACE && present != null && present.rev() == before.rev()) {
                put(next, callFault, answer);
            } else {
                answer.complete(false);
            }
        });
    }

    private void put(D next, CallFault callFault, Link.Answer<Boolean> answer) {
        if (callFault == CallFault.ROLLED_BACK) {
            database.failOver();
        }
        documents.put(next.id(), next, database.acknowledge(true, 1, answer));
    }

    /** What a query finds; it may be old. */
    Stream<D> some(CallFault callFault, Predicate<D> which) {
        return callFault == CallFault.STALE
                ? documents.former(which, null, Integer.MAX_VALUE).stream()
                : documents.committed(which, null, Integer.MAX_VALUE).stream();
    }
}
