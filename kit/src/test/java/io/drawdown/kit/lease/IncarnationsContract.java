package io.drawdown.kit.lease;

import io.drawdown.kit.lease.Incarnation.Ending;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store of incarnations does. It begins each test empty. */
abstract class IncarnationsContract {

    private static final String ID = "one-first";
    private static final String OTHER = "two-first";
    private static final int MANY = 100;

    abstract IncarnationStore store();

    /** Lets time pass, so that the next renewal is later than those before. */
    abstract void later();

    abstract <T> T now(Uni<T> answer);

    @Test
    void everyRenewalCountsOneMore() {
        // Given
        register(ID);
        Incarnation registered = stored(ID);
        later();
        // When
        now(store().renew(ID));
        register(ID);
        // Then
        assertThat(registered.renewals()).isEqualTo(1);
        assertThat(stored(ID).renewals()).isEqualTo(3);
        assertThat(stored(ID).renewedAt()).isAfter(registered.renewedAt());
    }

    @Test
    void newIncarnationIsAsItWasRegistered() {
        // When
        register(ID);
        // Then
        assertThat(stored(ID))
                .isEqualTo(Incarnation.first(ID, "instance", stored(ID).renewedAt()));
    }

    @Test
    void incarnationThatRenewedSinceItWasSeenIsNotFenced() {
        // Given
        register(ID);
        Incarnation seen = stored(ID);
        now(store().renew(ID));
        // When
        now(store().fence(seen));
        // Then
        assertThat(stored(ID).fenced()).isFalse();
        assertThat(now(store().renew(ID))).isTrue();
    }

    @Test
    void incarnationThatIsAsItWasSeenIsFencedForGood() {
        // Given
        register(ID);
        Incarnation seen = stored(ID);
        // When
        now(store().fence(seen));
        // Then
        assertThat(stored(ID)).isEqualTo(seen.asFenced());
        assertThat(now(store().renew(ID))).isFalse();
        register(ID);
        assertThat(now(store().renew(ID))).isFalse();
    }

    @Test
    void releasedIncarnationIsFencedToo() {
        // Given
        register(ID);
        Incarnation seen = stored(ID);
        // When
        now(store().release(ID));
        // Then
        assertThat(now(store().renew(ID))).isFalse();
        assertThat(stored(ID)).isEqualTo(seen.asReleased());
    }

    @Test
    void theFirstEndingStands() {
        // Given
        fence(ID);
        register(OTHER);
        Incarnation seen = stored(OTHER);
        now(store().release(OTHER));
        // When
        now(store().release(ID));
        now(store().fence(seen));
        // Then
        assertThat(stored(ID).ended()).isEqualTo(Ending.FENCED);
        assertThat(stored(OTHER).ended()).isEqualTo(Ending.RELEASED);
    }

    @Test
    void onlyAFencedIncarnationSurvives() {
        // Given
        fence(ID);
        register(OTHER);
        Incarnation seen = stored(ID);
        Incarnation alive = stored(OTHER);
        // When
        now(store().survived(ID));
        now(store().survived(OTHER));
        now(store().survived("nobody"));
        // Then
        assertThat(stored(ID)).isEqualTo(seen.asSurvivor());
        assertThat(stored(ID).survived()).isTrue();
        assertThat(stored(OTHER)).isEqualTo(alive);
        assertThat(now(store().get("nobody"))).isEmpty();
    }

    @Test
    void incarnationThatWasNeverRegisteredIsUnknown() {
        assertThat(now(store().get(ID))).isEmpty();
        assertThat(now(store().renew(ID))).isFalse();
    }

    @Test
    void othersAreThoseThatAreNotFenced() {
        // Given
        register(ID);
        register(OTHER);
        register("three-first");
        fence("four-first");
        // When, Then
        assertThat(now(store().others(ID, MANY))).containsExactly(stored("three-first"), stored(OTHER));
        assertThat(now(store().others(ID, 1))).containsExactly(stored("three-first"));
        assertThat(now(store().others("nobody", MANY))).hasSize(3);
    }

    @Test
    void whoEndedAfterAMomentIsFoundTheLastFirst() {
        // Given
        fence("one-old");
        later();
        fence(ID);
        later();
        register(OTHER);
        now(store().release(OTHER));
        register("three-alive");
        Instant old = stored("one-old").renewedAt();
        // When, Then
        assertThat(now(store().fencedSince(old, MANY))).containsExactly(OTHER, ID);
        assertThat(now(store().fencedSince(old, 1))).containsExactly(OTHER);
        assertThat(now(store().fencedSince(stored(OTHER).renewedAt(), MANY))).isEmpty();
    }

    @Test
    void onlyFencedIncarnationsAreRemovedByAge() {
        // Given
        register("three-alive");
        fence(ID);
        later();
        fence(OTHER);
        // When
        now(store().removeFencedBefore(stored(OTHER).renewedAt()));
        // Then
        assertThat(now(store().get(ID))).isEmpty();
        assertThat(now(store().get(OTHER))).isPresent();
        assertThat(now(store().get("three-alive"))).isPresent();
    }

    private void register(String id) {
        now(store().register(id, "instance"));
    }

    private void fence(String id) {
        register(id);
        now(store().fence(stored(id)));
    }

    private Incarnation stored(String id) {
        return now(store().get(id)).orElseThrow();
    }

    static <T> T answered(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(5));
    }
}
