package io.drawdown.billing.item.engine;

import io.drawdown.billing.item.ItemDocument;
import io.drawdown.billing.item.store.ItemOutbox;
import io.drawdown.billing.item.store.ItemStores;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Time;
import io.drawdown.kit.trace.Spans;

/** What everything that changes items needs. */
record ItemTools(
        ItemStores stores,
        FencedWrites<ItemDocument> writes,
        ItemOutbox outbox,
        RandomIds tokens,
        Time time,
        Spans spans) {}
