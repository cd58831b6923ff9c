package io.drawdown.sessions.lease;

import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.lease.LeaseWatch.Liveness;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who is fenced, and who is not. */
class LeaseWatchTest {

    private static final String OTHER = "one-other";

    private final ManualTime time = new ManualTime();
    private final OneIncarnation store = new OneIncarnation();
    private final LeaseWatch watch = new LeaseWatch(store, time);

    @Test
    void incarnationThatDoesNotRenewIsFencedAfterALeaseOfWatching() {
        // Given
        register();
        // When
        Duration watched = Duration.ZERO;
        while (look() instanceof Liveness.Alive) {
            time.advance(LeaseWatch.LOOK);
            watched = watched.plus(LeaseWatch.LOOK);
        }
        // Then
        assertThat(watched).isEqualTo(Lease.LENGTH);
        assertThat(look()).isEqualTo(new Liveness.Fenced(Instant.EPOCH));
    }

    @Test
    void incarnationThatRenewsNowAndThenIsNeverFenced() {
        // Given
        register();
        // When
        for (int round = 0; round < 100; round++) {
            time.advance(LeaseWatch.LOOK);
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
        store.clock = Instant.EPOCH.minus(Duration.ofDays(1));
        now(store.renew(OTHER));
        time.advance(LeaseWatch.LOOK);
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
        time.advance(LeaseWatch.LOOK);
        // Then: a whole lease begins again
        assertThat(look()).isInstanceOf(Liveness.Alive.class);
    }

    @Test
    void aSleepOfTheWatcherDoesNotCountAsWatched() {
        // Given
        register();
        look();
        // When
        time.advance(Lease.LENGTH.multipliedBy(3));
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
            time.advance(LeaseWatch.LOOK);
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
            store.there = store.there == null ? null : store.there.asFenced();
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
    void incarnationThatWasNeverRegisteredIsUnknown() {
        assertThat(look()).isInstanceOf(Liveness.Unknown.class);
    }

    /** The next look may fence. */
    private void watchUntilTheLast() {
        look();
        for (Duration watched = Duration.ZERO;
                watched.compareTo(Lease.LENGTH.minus(LeaseWatch.LOOK)) < 0;
                watched = watched.plus(LeaseWatch.LOOK)) {
            time.advance(LeaseWatch.LOOK);
            assertThat(look()).isInstanceOf(Liveness.Alive.class);
        }
        time.advance(LeaseWatch.LOOK);
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

    /** A store of one incarnation, with a clock of its own. */
    private static final class OneIncarnation implements IncarnationStore {

        @Nullable
        Incarnation there;

        Instant clock = Instant.EPOCH;
        boolean away;
        Runnable beforeFencing = () -> {};

        @Override
        public Uni<Void> register(String incarnation, String instance) {
            there = new Incarnation(incarnation, Incarnation.SCHEMA, instance, 1L, clock, false);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Boolean> renew(String incarnation) {
            there = there == null ? null : there.renewed(clock);
            return Uni.createFrom().item(there != null);
        }

        @Override
        public Uni<Optional<Incarnation>> get(String incarnation) {
            return away
                    ? Uni.createFrom().failure(new Unavailable("the leases are away"))
                    : Uni.createFrom().item(Optional.ofNullable(there));
        }

        @Override
        public Uni<Void> fence(Incarnation seen) {
            beforeFencing.run();
            there = seen.equals(there) ? seen.asFenced() : there;
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> release(String incarnation) {
            there = there == null ? null : there.asFenced();
            return Uni.createFrom().voidItem();
        }
    }
}
