package io.drawdown.bench.charging;

import io.drawdown.billing.item.engine.Tally;

/** What became of the items of one drain. */
final class Counts implements Tally {

    private int published;
    private int others;
    private int charged;

    @Override
    public void processed() {
        published++;
    }

    @Override
    public void failed() {
        others++;
    }

    @Override
    public void skipped() {
        others++;
    }

    @Override
    public void charged(long cents) {
        charged += cents > 0 ? 1 : 0;
    }

    /** @throws IllegalStateException unless so many items were charged and published, and no other */
    void require(int items) {
        if (published != items || charged != items || others > 0) {
            throw new IllegalStateException("of " + items + " items " + charged + " were charged, " + published
                    + " published, " + others + " left out");
        }
    }
}
