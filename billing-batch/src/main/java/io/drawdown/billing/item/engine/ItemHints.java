package io.drawdown.billing.item.engine;

import io.drawdown.billing.charge.engine.Turn;
import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.ItemSpec;
import io.drawdown.billing.item.ItemStatus;
import io.drawdown.billing.item.store.ItemStore;
import io.drawdown.billing.item.store.ItemStore.Filter;
import io.drawdown.kit.faults.Unavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Moves items at once when something has happened that they wait for; what is missed here, the next run finds. Belongs to the thread of
 * its core.
 */
public final class ItemHints {

    private static final Logger LOG = Logger.getLogger(ItemHints.class);

    private static final Duration PATIENCE = Duration.ofSeconds(55);
    private static final int PAGE = 100;
    private static final Pattern REFERENCE = Pattern.compile("item:([A-Za-z0-9_.-]{1,64})/(.{1,128})");

    /** Those that may go on once there is another card. */
    private static final List<ItemStatus> WAITING = List.of(
            ItemStatus.QUEUED, ItemStatus.DECLINED, ItemStatus.WAITING_FOR_CARD, ItemStatus.WAITING_FOR_CUSTOMER);

    private final Items items;
    private final Set<String> underWay = new HashSet<>();

    public ItemHints(Items items) {
        this.items = items;
    }

    /** The payer has a card that may be tried: their items go on, one after the other. */
    public void cardAttached(String payerId) {
        if (underWay.add(payerId)) {
            moveFrom(payerId, null)
                    .onTermination()
                    .invoke(() -> underWay.remove(payerId))
                    .subscribe()
                    .with(
                            done -> {},
                            fault -> LOG.warnf("Items left to the next run: payer=%s fault=%s", payerId, fault));
        }
    }

    private Uni<Void> moveFrom(String team, ItemStore.@Nullable Turn after) {
        return items.stores()
                .items()
                .page(new Filter(team, WAITING), after, PAGE)
                .chain(page -> move(page)
                        .chain(() -> page.size() < PAGE
                                ? Uni.createFrom().voidItem()
                                : moveFrom(team, ItemStore.Turn.of(page.getLast()))));
    }

    private Uni<Void> move(List<ItemDocument> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(this::move)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Worked> move(ItemDocument item) {
        return items.work(item, Turn.unfenced(left()));
    }

    /** Its intent is read first. */
    private Uni<Void> look(ItemDocument item) {
        return item.isBacklogged()
                ? Uni.createFrom().failure(new Unavailable("item " + item.id() + " has too many events to publish"))
                : items.work(item, Turn.hinted(left())).replaceWithVoid();
    }

    private Supplier<Duration> left() {
        long until = items.time().nanos() + PATIENCE.toNanos();
        return () -> Duration.ofNanos(Math.max(0, until - items.time().nanos()));
    }

    /**
     * Something has happened to the intent of that charge; one that is no item's is none of our business. Fails unless it was read, so
     * that it is looked at again.
     */
    public Uni<Void> look(String chargeOwner) {
        Matcher reference = REFERENCE.matcher(chargeOwner);
        if (!reference.matches()) {
            return Uni.createFrom().voidItem();
        }
        String id = new ItemSpec(reference.group(1), reference.group(2), "", "", 0).documentId();
        return items.find(id)
                .chain(found -> found.filter(item ->
                                        item.charge() != null && !item.charge().isOver())
                                .isEmpty()
                        ? Uni.createFrom().voidItem()
                        : look(found.get()));
    }
}
