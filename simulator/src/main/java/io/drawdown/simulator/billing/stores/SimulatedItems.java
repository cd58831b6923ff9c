package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.simulator.world.CallFault;
import io.drawdown.simulator.world.Database.Acknowledgement;
import io.drawdown.simulator.world.Link;
import io.drawdown.simulator.world.Process;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items as one process reaches them. */
public final class SimulatedItems extends SimulatedGuarded<ItemDocument> implements ItemStore {

    private static final Comparator<ItemDocument> IN_TURN =
            Comparator.comparing((ItemDocument item) -> item.life().turn()).thenComparing(ItemDocument::id);

    private final Watcher watcher;

    /** Hears that a process is about to replace an item. */
    @FunctionalInterface
    public interface Watcher {
        void replaces(Process writer, ItemDocument before, ItemDocument next);
    }

    public SimulatedItems(Link link, BillingStores stores, Watcher watcher) {
        super(link, stores.database(), stores.items());
        this.watcher = watcher;
    }

    @Override
    public Uni<Boolean> replace(ItemDocument before, ItemDocument next) {
        watcher.replaces(link.caller(), before, next);
        return super.replace(before, next);
    }

    @Override
    public Uni<List<ItemDocument>> due(Instant asOf, @Nullable Turn after, int limit) {
        return inTurn(
                item -> item.agenda().due() != null && !item.agenda().due().isAfter(asOf), after, limit);
    }

    @Override
    public Uni<List<ItemDocument>> old(Instant queuedBefore, @Nullable Turn after, int limit) {
        return inTurn(
                item -> item.status().mayExpire() && item.life().queuedAt().isBefore(queuedBefore), after, limit);
    }

    @Override
    public Uni<List<ItemDocument>> untold(@Nullable Turn after, int limit) {
        return inTurn(item -> item.agenda().notice() != null, after, limit);
    }

    @Override
    public Uni<List<ItemDocument>> page(Filter filter, @Nullable Turn after, int limit) {
        return inTurn(item -> fits(item, filter), after, limit);
    }

    private static boolean fits(ItemDocument item, Filter filter) {
        boolean isTeams =
                filter.team() == null || filter.team().equals(item.spec().team());
        return isTeams && (filter.statuses().isEmpty() || filter.statuses().contains(item.status()));
    }

    private Uni<List<ItemDocument>> inTurn(Predicate<ItemDocument> wanted, @Nullable Turn after, int limit) {
        return link.read(callFault -> some(callFault, wanted)
                .filter(item -> after == null || isAfter(item, after))
                .sorted(IN_TURN)
                .limit(limit)
                .toList());
    }

    private static boolean isAfter(ItemDocument item, Turn place) {
        int order = item.life().turn().compareTo(place.at());
        return order > 0 || (order == 0 && item.id().compareTo(place.id()) > 0);
    }

    @Override
    public Uni<Map<ItemStatus, Long>> counts(String team) {
        return link.read(callFault -> some(callFault, item -> item.spec().team().equals(team))
                .collect(Collectors.groupingBy(ItemDocument::status, Collectors.counting())));
    }

    @Override
    public Uni<List<ItemDocument>> unsent(Instant pendingBefore, int limit) {
        return link.read(callFault -> some(
                        callFault,
                        item -> item.outbox().pending() != null
                                && item.outbox().pending().isBefore(pendingBefore))
                .sorted(Comparator.comparing(
                        item -> Objects.requireNonNull(item.outbox().pending())))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        return link.write((callFault, answer) -> {
            List<ItemDocument> trimmed = callFault == CallFault.LOST_RACE
                    ? List.of()
                    : drainedTo.entrySet().stream()
                            .flatMap(each -> trimmed(each.getKey(), each.getValue()))
                            .toList();
            if (callFault == CallFault.ROLLED_BACK && !trimmed.isEmpty()) {
                database.failOver();
            }
            Acknowledgement all = database.acknowledge(null, trimmed.size(), answer);
            trimmed.forEach(next -> documents.put(next.id(), next, all));
        });
    }

    private Stream<ItemDocument> trimmed(String id, long seq) {
        ItemDocument present = documents.local(id);
        return present != null && present.outbox().seq() == seq
                ? Stream.ofNullable(ItemRules.trimmed(present, seq)).map(next -> next.written(next.writeId()))
                : Stream.empty();
    }
}
