package io.drawdown.sessions.instances;

import io.drawdown.embedded.TestServers;
import io.drawdown.sessions.instances.IncarnationStore.Fencing;
import io.drawdown.sessions.sessions.SessionServers;
import io.quarkus.arc.Arc;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(SessionServers.class)
class MongoIncarnationsTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final String id = "inc-" + UUID.randomUUID();
    private final IncarnationStore store = new MongoIncarnations(
            Arc.container().instance(ReactiveMongoClient.class).get(),
            TestServers.databaseName("leases"),
            false,
            Runnable::run);

    @Test
    void livingIncarnationIsNotFenced() {
        // Given
        now(store.register(id, "one"));
        // When
        Fencing fencing = now(store.fence(id, LEASE));
        // Then
        assertThat(fencing).isInstanceOf(Fencing.Alive.class);
        assertThat(now(store.renew(id))).isTrue();
    }

    @Test
    void incarnationIsFencedOnceItsLeaseHasRunOut() {
        // Given
        now(store.register(id, "one"));
        // When
        Fencing fencing =
                Awaitility.await().until(() -> now(store.fence(id, SHORT)), answer -> answer instanceof Fencing.Fenced);
        // Then
        assertThat(now(store.renew(id))).isFalse();
        assertThat(now(store.fence(id, LEASE))).isEqualTo(fencing);
        now(store.register(id, "one"));
        assertThat(now(store.renew(id))).isFalse();
    }

    @Test
    void releasedIncarnationIsAsIfFenced() {
        // Given
        now(store.register(id, "one"));
        // When
        now(store.release(id));
        // Then
        assertThat(now(store.renew(id))).isFalse();
        assertThat(now(store.fence(id, LEASE))).isInstanceOf(Fencing.Fenced.class);
    }

    @Test
    void strangerIsUnknown() {
        assertThat(now(store.fence("inc-nobody", LEASE))).isInstanceOf(Fencing.Unknown.class);
        assertThat(now(store.renew("inc-nobody"))).isFalse();
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(5));
    }
}
