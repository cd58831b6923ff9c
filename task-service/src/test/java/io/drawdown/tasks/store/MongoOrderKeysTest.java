package io.drawdown.tasks.store;

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
    OrderKeyStore store() {
        return keys;
    }
}
