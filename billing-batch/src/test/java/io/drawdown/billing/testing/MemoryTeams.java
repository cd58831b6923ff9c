package io.drawdown.billing.testing;

import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.store.TeamStore;
import io.drawdown.kit.testing.ManualTime;

/** Teams in memory. */
public final class MemoryTeams extends MemoryGuarded<TeamDocument> implements TeamStore {

    public MemoryTeams(ManualTime time) {
        super(time);
    }
}
