package io.drawdown.billing.testing;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemRules;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.kit.testing.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Items in memory. */
public final class MemoryItems extends MemoryGuarded<ItemDocument> implements ItemStore {

    private static final Comparator<ItemDocument> IN_TURN =
            Comparator.comparing((ItemDocument item) -> item.life().turn()).thenComparing(ItemDocument::id);

    public MemoryItems(ManualTime time) {
        super(time);
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
        return inTurn(
                item -> (filter.team() == null
                                || filter.team().equals(item.spec().team()))
                        && (filter.statuses().isEmpty() || filter.statuses().contains(item.status())),
                after,
                limit);
    }

    private Uni<List<ItemDocument>> inTurn(Predicate<ItemDocument> wanted, @Nullable Turn after, int limit) {
        return answer(() -> documents.values().stream()
                .filter(wanted)
                .sorted(IN_TURN)
                .filter(item -> after == null || isAfter(item, after))
                .limit(limit)
                .toList());
    }

    private static boolean isAfter(ItemDocument item, Turn place) {
        int order = item.life().turn().compareTo(place.at());
        return order > 0 || (order == 0 && item.id().compareTo(place.id()) > 0);
    }

    @Override
    public Uni<Map<ItemStatus, Long>> counts(String team) {
        return answer(() -> documents.values().stream()
                .filter(item -> item.spec().team().equals(team))
                .collect(Collectors.groupingBy(ItemDocument::status, Collectors.counting())));
    }

    @Override
    public Uni<List<ItemDocument>> unsent(Instant pendingBefore, int limit) {
        return answer(() -> documents.values().stream()
                .filter(item -> item.outbox().pending() != null
                        && item.outbox().pending().isBefore(pendingBefore))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<Void> trim(Map<String, Long> drainedTo) {
        return answer(() -> {
            drainedTo.forEach((id, seq) -> documents.computeIfPresent(id, (same, item) -> trimmed(item, seq)));
            return null;
        });
    }

    private static ItemDocument trimmed(ItemDocument item, long seq) {
        ItemDocument next = item.outbox().seq() == seq ? ItemRules.trimmed(item, seq) : null;
        return next == null ? item : next.written(item.writeId());
    }
}
