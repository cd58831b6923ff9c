package io.drawdown.billing.item;

import io.drawdown.kit.store.GuardedDocument;

/** A document that keeps the greatest fence of the runs that have written it. */
public interface FencedDocument<D extends FencedDocument<D>> extends GuardedDocument {

    /** 0 if no run has written it. */
    long fence();

    /** As a run with that fence writes it. */
    D under(long fence);
}
