package io.drawdown.simulator.billing;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.simulator.billing.stores.BillingStores;
import io.drawdown.simulator.broker.Broker;
import io.drawdown.simulator.world.Findings;
import io.drawdown.simulator.world.SimulationContext;
import java.util.Map;
import java.util.TreeMap;

/** Every event of an item is published, and none before the one that precedes it. */
final class ItemEventInvariants {

    private final Findings findings;
    private final Map<String, Long> published = new TreeMap<>();
    private final BillingStores stores;

    ItemEventInvariants(SimulationContext context, Broker broker, BillingStores stores) {
        this.findings = context.findings;
        this.stores = stores;
        broker.whenPublished(this::published);
    }

    private void published(Topic topic, CloudEvent event) {
        if (!topic.equals(Topic.BILLING_ITEM)) {
            return;
        }
        long seq = Long.parseLong(event.id().substring(event.id().lastIndexOf(':') + 1));
        long before = published.getOrDefault(event.subject(), 0L);
        findings.expect(
                seq <= before + 1,
                "no event of an item is published before the one that precedes it",
                () -> event.id() + " is published after " + before);
        published.put(event.subject(), Math.max(before, seq));
    }

    void checkAtRest() {
        for (ItemDocument item : stores.items().all()) {
            findings.expect(
                    published.getOrDefault(item.id(), 0L) == item.outbox().seq(),
                    "every event of an item is published",
                    () -> "published up to " + published.get(item.id()) + " of " + item);
        }
    }
}
