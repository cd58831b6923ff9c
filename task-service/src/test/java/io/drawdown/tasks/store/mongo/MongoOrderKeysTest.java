package io.drawdown.tasks.store.mongo;

import io.drawdown.tasks.store.OrderKeyStore;
import io.drawdown.tasks.store.OrderKeyStoreContract;
import io.drawdown.tasks.testing.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoOrderKeysTest extends OrderKeyStoreContract {

    private final OrderKeyStore keys =
            Arc.container().instance(OrderKeyStore.class).get();

    @Override
    protected OrderKeyStore store() {
        return keys;
    }
}
