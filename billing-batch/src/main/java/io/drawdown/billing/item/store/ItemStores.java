package io.drawdown.billing.item.store;

/** The database as items need it. */
public record ItemStores(ItemStore items, TeamStore teams) {}
