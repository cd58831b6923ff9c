package io.drawdown.tasks.store.mongo;

import io.drawdown.tasks.store.CounterStore;
import io.drawdown.tasks.store.CounterStoreContract;
import io.drawdown.tasks.testing.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoCountersTest extends CounterStoreContract {

    private final MongoCounters counters =
            Arc.container().instance(MongoCounters.class).get();
    private final MongoCounters.MongoRecounts recounts =
            Arc.container().instance(MongoCounters.MongoRecounts.class).get();

    @Override
    protected CounterStore store() {
        return counters;
    }

    @BeforeEach
    void empty() {
        counters.deleteAll().await().atMost(Duration.ofSeconds(10));
        recounts.deleteAll().await().atMost(Duration.ofSeconds(10));
    }
}
