package io.drawdown.billing.payer;

import io.drawdown.kit.store.GuardedStore;

/** The port to the payers' documents. */
public interface PayerStore extends GuardedStore<PayerDocument> {}
