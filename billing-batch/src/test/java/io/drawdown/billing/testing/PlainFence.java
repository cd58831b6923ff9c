package io.drawdown.billing.testing;

import io.drawdown.billing.batch.RunFence;

/** The fence of a run, which loses its lease when a test says so. */
public final class PlainFence implements RunFence {

    private final long number;
    private boolean isLost;

    public PlainFence(long number) {
        this.number = number;
    }

    public void lose() {
        isLost = true;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean mayWrite() {
        return !isLost;
    }
}
