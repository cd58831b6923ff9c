package io.drawdown.tasks.store;

import io.drawdown.tasks.testing.MemoryOrderKeys;

class MemoryOrderKeysTest extends OrderKeyStoreContract {

    private final MemoryOrderKeys keys = new MemoryOrderKeys(Runnable::run);

    @Override
    protected OrderKeyStore store() {
        return keys;
    }
}
