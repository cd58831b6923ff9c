package io.drawdown.billing.payer;

import io.drawdown.kit.store.GuardedStore;

/** The database as payers need it. */
public record PayerStores(PayerStore payers, GuardedStore<FingerprintDocument> fingerprints) {}
