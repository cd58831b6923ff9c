package io.drawdown.billing.item.store;

import io.drawdown.billing.item.TeamDocument;
import io.drawdown.kit.store.GuardedStore;

/** The port to the teams' documents. */
public interface TeamStore extends GuardedStore<TeamDocument> {}
