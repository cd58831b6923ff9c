package io.drawdown.simulator.billing.stores;

import io.drawdown.billing.topup.TopUpDocument;
import io.drawdown.billing.topup.TopUpRules;
import io.drawdown.billing.topup.store.TopUpStore;
import io.drawdown.simulator.world.Link;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The top-ups as one process reaches them. */
public final class SimulatedTopUps extends SimulatedGuarded<TopUpDocument> implements TopUpStore {

    public SimulatedTopUps(Link link, BillingStores stores) {
        super(link, stores.database(), stores.money().topUps());
    }

    @Override
    public Uni<List<TopUpDocument>> due(Instant asOf, int limit) {
        return link.read(callFault -> some(
                        callFault, each -> each.due() != null && !each.due().isAfter(asOf))
                .sorted(Comparator.comparing(each -> Objects.requireNonNull(each.due())))
                .limit(limit)
                .toList());
    }

    @Override
    public Uni<List<TopUpDocument>> watched(@Nullable String afterAccount, int limit) {
        return inOrder(each -> each.power().isOn() || TopUpRules.waitsForCard(each), afterAccount, limit);
    }

    @Override
    public Uni<List<TopUpDocument>> noticesDue(@Nullable String afterAccount, int limit) {
        return inOrder(each -> each.notice() != null, afterAccount, limit);
    }

    private Uni<List<TopUpDocument>> inOrder(
            Predicate<TopUpDocument> wanted, @Nullable String afterAccount, int limit) {
        return link.read(callFault -> some(
                        callFault,
                        each -> wanted.test(each)
                                && (afterAccount == null || each.id().compareTo(afterAccount) > 0))
                .sorted(Comparator.comparing(TopUpDocument::id))
                .limit(limit)
                .toList());
    }
}
