package io.drawdown.kit.lease;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.lease.LeaseWatch.Liveness;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.MemoryIncarnations;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is fenced, and who is not. */
class LeaseWatchTest {

    private static final String OTHER = "one-other";

    private static final LeaseTerms TERMS = new LeaseTerms(
            Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500));

    private final ManualTime time = new ManualTime();
    private final MemoryIncarnations store = new MemoryIncarnations(time, LeaseWatchTest::atOnce);
    private final LeaseWatch watch = new LeaseWatch(store, TERMS, time);

    @Test
    void incarnationThatDoesNotRenewIsFencedAfterALeaseOfWatching() {
        // Given
        register();
        // When
        Duration watched = Duration.ZERO;
        while (look() instanceof Liveness.Alive) {
            time.advance(TERMS.look());
            watched = watched.plus(TERMS.look());
        }
        // Then
        assertThat(watched).isEqualTo(TERMS.length());
        assertThat(look()).isEqualTo(new Liveness.Fenced(ManualTime.START));
    }

    @Test
    void incarnationThatRenewsNowAndThenIsNeverFenced() {
        // Given
        register();
        // When
        for (int round = 0; round < 100; round++) {
            time.advance(TERMS.look());
            if (round % 7 == 0) {
                now(store.renew(OTHER));
            }
            // Then
            assertThat(look()).isInstanceOf(Liveness.Alive.class);
        }
    }

    @Test
    void databaseClockFencesNobody() {
        // Given
        register();
        look();
        // When
        time.stepClock(Duration.ofDays(-1));
        now(store.renew(OTHER));
        time.advance(TERMS.look());
        // Then
        assertThat(look()).isInstanceOf(Liveness.Alive.class);
    }

    @Test
    void aRenewalBetweenTheLookAndTheWriteWins() {
        // Given
        register();
        watchUntilTheLast();
        store.beforeFencing = () -> now(store.renew(OTHER));
        // When
        Liveness liveness = look();
        // Then
        assertThat(liveness).isInstanceOf(Liveness.Alive.class);
        // When: it was the last
        store.beforeFencing = () -> {};
        time.advance(TERMS.look());
        // Then: a whole lease begins again
        assertThat(look()).isInstanceOf(Liveness.Alive.class);
    }

    @Test
    void aSleepOfTheWatcherDoesNotCountAsWatched() {
        // Given
        register();
        look();
        // When
        time.advance(TERMS.length().multipliedBy(3));
        // Then
        assertThat(look()).isInstanceOf(Liveness.Alive.class);
    }

    @Test
    void anOutageOfTheLeasesDoesNotCountAsWatched() {
        // Given
        register();
        look();
        store.away = true;
        for (int round = 0; round < 100; round++) {
            time.advance(TERMS.look());
            assertThatThrownBy(this::look).isInstanceOf(Unavailable.class);
        }
        // When
        store.away = false;
        // Then
        assertThat(look()).isInstanceOf(Liveness.Alive.class);
    }

    @Test
    void aFencingWithoutAnAnswerIsFoundByTheNextLook() {
        // Given
        register();
        watchUntilTheLast();
        store.beforeFencing = () -> {
            store.fenceNow(OTHER);
            throw new Unavailable("the answer is lost");
        };
        // When
        assertThatThrownBy(this::look).isInstanceOf(Unavailable.class);
        // Then
        assertThat(look()).isInstanceOf(Liveness.Fenced.class);
    }

    @Test
    void forgottenIncarnationIsWatchedFromTheBeginning() {
        // Given
        register();
        watchUntilTheLast();
        // When
        watch.forget();
        // Then
        assertThat(look()).isInstanceOf(Liveness.Alive.class);
    }

    @Test
    void listedIncarnationStandsStillAfterALeaseAndIsNotFencedByThat() {
        // Given
        register();
        watchUntilTheLast();
        Incarnation listed = now(store.get(OTHER)).orElseThrow();
        // When
        boolean standsStill = watch.standsStill(listed);
        // Then
        assertThat(standsStill).isTrue();
        assertThat(now(store.get(OTHER)).orElseThrow().fenced()).isFalse();
        watch.keepOnly(Set.of());
        assertThat(watch.standsStill(listed)).isFalse();
    }

    @Test
    void incarnationThatWasNeverRegisteredIsUnknown() {
        assertThat(look()).isInstanceOf(Liveness.Unknown.class);
    }

    /** The next look may fence. */
    private void watchUntilTheLast() {
        look();
        for (Duration watched = Duration.ZERO;
                watched.compareTo(TERMS.length().minus(TERMS.look())) < 0;
                watched = watched.plus(TERMS.look())) {
            time.advance(TERMS.look());
            assertThat(look()).isInstanceOf(Liveness.Alive.class);
        }
        time.advance(TERMS.look());
    }

    private void register() {
        now(store.register(OTHER, "one"));
    }

    private Liveness look() {
        return now(watch.look(OTHER));
    }

    private static <T> T now(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(1));
    }

    private static <T> Uni<T> atOnce(Duration delay, Supplier<? extends T> effect) {
        return Uni.createFrom().item(effect);
    }
}
