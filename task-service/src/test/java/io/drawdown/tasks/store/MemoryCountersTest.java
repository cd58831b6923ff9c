package io.drawdown.tasks.store;

import io.drawdown.tasks.testing.MemoryCounters;

class MemoryCountersTest extends CounterStoreContract {

    private final MemoryCounters counters = new MemoryCounters(Runnable::run);

    @Override
    protected CounterStore store() {
        return counters;
    }
}
