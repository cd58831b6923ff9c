package io.drawdown.billing.item.process;

import io.drawdown.billing.batch.BatchContext;
import io.drawdown.billing.item.engine.Tally;

/** What became of items, as figures of a run. All of them are there from the beginning. */
final class Figures implements Tally {

    private static final String PROCESSED = "processed_count";
    private static final String FAILED = "failed_count";
    private static final String SKIPPED = "skipped_count";
    private static final String CHARGED = "charged_count";
    private static final String FREE = "free_count";
    private static final String CENTS = "charged_cents";

    private final BatchContext context;

    Figures(BatchContext context) {
        this.context = context;
        for (String name : new String[] {PROCESSED, FAILED, SKIPPED, CHARGED, FREE, CENTS}) {
            context.count(name, 0);
        }
    }

    @Override
    public void processed() {
        context.count(PROCESSED, 1);
    }

    @Override
    public void failed() {
        context.count(FAILED, 1);
    }

    @Override
    public void skipped() {
        context.count(SKIPPED, 1);
    }

    @Override
    public void charged(long cents) {
        context.count(cents == 0 ? FREE : CHARGED, 1);
        context.count(CENTS, cents);
    }
}
