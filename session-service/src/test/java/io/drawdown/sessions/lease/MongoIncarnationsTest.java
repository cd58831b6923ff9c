package io.drawdown.sessions.lease;

import io.drawdown.sessions.api.IdleCore;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdleCore.class)
class MongoIncarnationsTest {

    private final String id = "inc-" + UUID.randomUUID();
    private final MongoIncarnations store =
            Arc.container().instance(MongoIncarnations.class).get();

    @Test
    void everyRenewalCountsOneMore() {
        // Given
        now(store.register(id, "one"));
        Incarnation registered = stored();
        // When
        now(store.renew(id));
        now(store.register(id, "one"));
        // Then
        assertThat(registered.renewals()).isEqualTo(1);
        assertThat(stored().renewals()).isEqualTo(3);
        assertThat(stored().renewedAt()).isAfterOrEqualTo(registered.renewedAt());
    }

    @Test
    void incarnationThatRenewedSinceItWasSeenIsNotFenced() {
        // Given
        now(store.register(id, "one"));
        Incarnation seen = stored();
        now(store.renew(id));
        // When
        now(store.fence(seen));
        // Then
        assertThat(stored().fenced()).isFalse();
        assertThat(now(store.renew(id))).isTrue();
    }

    @Test
    void incarnationThatIsAsItWasSeenIsFencedForGood() {
        // Given
        now(store.register(id, "one"));
        Incarnation seen = stored();
        // When
        now(store.fence(seen));
        // Then
        assertThat(stored()).isEqualTo(seen.asFenced());
        assertThat(now(store.renew(id))).isFalse();
        now(store.register(id, "one"));
        assertThat(now(store.renew(id))).isFalse();
    }

    @Test
    void incarnationFromBeforeRenewalsWereCountedIsFencedUnlessItRenews() {
        // Given
        Document old = new Document("_id", id)
                .append("schema", 1)
                .append("instance", "one")
                .append("renewedAt", Instant.EPOCH)
                .append("fenced", false);
        now(store.mongoCollection().withDocumentClass(Document.class).insertOne(old));
        Incarnation seen = stored();
        // When
        now(store.fence(seen));
        // Then
        assertThat(seen.renewals()).isNull();
        assertThat(stored().fenced()).isTrue();
    }

    @Test
    void releasedIncarnationIsAsIfFenced() {
        // Given
        now(store.register(id, "one"));
        // When
        now(store.release(id));
        // Then
        assertThat(now(store.renew(id))).isFalse();
        assertThat(stored().fenced()).isTrue();
    }

    @Test
    void incarnationThatWasNeverRegisteredIsUnknown() {
        assertThat(now(store.get("inc-nobody"))).isEmpty();
        assertThat(now(store.renew("inc-nobody"))).isFalse();
    }

    private Incarnation stored() {
        return now(store.get(id)).orElseThrow();
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(5));
    }
}
