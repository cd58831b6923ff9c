package io.drawdown.kit.lease;

import io.drawdown.kit.lease.Incarnation.Ending;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.MemoryIncarnations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** One instance and its lease, against the leases in memory. */
class LeaseTest {

    private static final LeaseTerms TERMS = new LeaseTerms(
            Duration.ofSeconds(12), Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofMillis(500));
    private static final Duration ROUND_TRIP = Duration.ofMillis(1);

    private final ManualTime time = new ManualTime();
    private final MemoryIncarnations store = new MemoryIncarnations(time, time::answer);
    private final Heard heard = new Heard();
    private int names;
    private final Lease lease = new Lease(store, "one", () -> String.valueOf(++names), TERMS, time, time, heard);

    @Test
    void registrationTellsWhenItWasSent() {
        // Given
        time.advance(Duration.ofSeconds(1));
        // When
        lease.start();
        time.advance(ROUND_TRIP);
        // Then
        assertThat(heard.events).containsExactly("registered one-1 1000 ms");
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void registrationThatFailsIsTriedUnderANewNameForTheOldOneMayBeFencedMeanwhile() {
        // Given
        store.away = true;
        lease.start();
        time.advance(Duration.ofMillis(100));
        store.away = false;
        // When
        time.advance(TERMS.retry());
        // Then
        assertThat(heard.events).containsExactly("registered one-2 501 ms");
    }

    @Test
    void renewalComesAWhileAfterTheOneBeforeAndTellsWhenItWasSent() {
        // Given
        lease.start();
        // When
        time.advance(TERMS.renewal().multipliedBy(2).plus(ROUND_TRIP.multipliedBy(3)));
        // Then
        assertThat(heard.events)
                .containsExactly("registered one-1 0 ms", "renewed one-1 3001 ms", "renewed one-1 6002 ms");
    }

    @Test
    void fencedInstanceNotesThatItSurvivedAndGoesOnUnderANewName() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        store.fenceNow("one-1");
        // When
        lease.check();
        time.advance(ROUND_TRIP.multipliedBy(2));
        // Then
        assertThat(heard.events).containsExactly("registered one-1 0 ms", "fenced one-1", "registered one-2 2 ms");
        Incarnation former = stored();
        assertThat(former.survived()).isTrue();
        assertThat(former.ended()).isEqualTo(Ending.FENCED);
        assertThat(lease.incarnation()).isEqualTo("one-2");
    }

    @Test
    void renewalWithoutAnAnswerHoldsUpNoOther() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        store.late = 1;
        store.lateBy = Duration.ofMinutes(1);
        // When
        time.advance(TERMS.renewal().plus(TERMS.patience()).plus(ROUND_TRIP));
        // Then
        assertThat(heard.events).containsExactly("registered one-1 0 ms", "renewed one-1 5001 ms");
    }

    @Test
    void answersThatComeLateCountIfNoLaterOneHasCome() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        store.late = 2;
        store.lateBy = TERMS.patience().multipliedBy(2).minus(ROUND_TRIP);
        // When
        time.advance(TERMS.renewal().plus(TERMS.patience().multipliedBy(2)));
        time.advance(ROUND_TRIP);
        time.advance(TERMS.patience());
        // Then
        assertThat(heard.events)
                .containsExactly("registered one-1 0 ms", "renewed one-1 3001 ms", "renewed one-1 5001 ms");
    }

    @Test
    void oneLateAnswerAfterALaterOneChangesNothing() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        store.late = 1;
        store.lateBy = TERMS.patience().plus(ROUND_TRIP.multipliedBy(2));
        // When
        time.advance(TERMS.renewal().plus(TERMS.patience()).plus(ROUND_TRIP.multipliedBy(5)));
        // Then
        assertThat(heard.events).containsExactly("registered one-1 0 ms", "renewed one-1 5001 ms");
    }

    @Test
    void registrationThatTakesLongIsNotTakenForAFencing() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        store.fenceNow("one-1");
        heard.whenFenced = () -> {
            store.late = 1;
            store.lateBy = TERMS.patience().multipliedBy(2);
        };
        // When
        lease.check();
        time.advance(TERMS.length());
        // Then
        assertThat(heard.events.subList(0, 3))
                .containsExactly("registered one-1 0 ms", "fenced one-1", "registered one-2 2 ms");
        assertThat(lease.incarnation()).isEqualTo("one-2");
    }

    @Test
    void survivalThatCannotBeNotedIsNotedLater() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        store.fenceNow("one-1");
        lease.check();
        // When
        time.after(ROUND_TRIP, () -> store.away = true);
        time.advance(ROUND_TRIP.multipliedBy(2));
        store.away = false;
        assertThat(stored().survived()).isNull();
        time.advance(TERMS.retry().plus(ROUND_TRIP));
        // Then
        assertThat(stored().survived()).isTrue();
        assertThat(lease.incarnation()).isEqualTo("one-3");
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void stoppedLeaseIsReleased() {
        // Given
        lease.start();
        time.advance(ROUND_TRIP);
        // When
        lease.stop();
        time.advance(TERMS.length());
        // Then
        assertThat(stored().ended()).isEqualTo(Ending.RELEASED);
        assertThat(lease.isHeld()).isFalse();
        assertThat(heard.events).containsExactly("registered one-1 0 ms");
    }

    /** The first incarnation, as stored. */
    private Incarnation stored() {
        return requireNonNull(store.incarnations.get("one-1"));
    }

    private static final class Heard implements Lease.Listener {

        final List<String> events = new ArrayList<>();
        Runnable whenFenced = () -> {};

        @Override
        public void registered(String incarnation, long askedNanos) {
            events.add("registered " + incarnation + " " + askedNanos / 1_000_000 + " ms");
        }

        @Override
        public void renewed(String incarnation, long askedNanos) {
            events.add("renewed " + incarnation + " " + askedNanos / 1_000_000 + " ms");
        }

        @Override
        public void fenced(String incarnation) {
            events.add("fenced " + incarnation);
            whenFenced.run();
        }
    }
}
