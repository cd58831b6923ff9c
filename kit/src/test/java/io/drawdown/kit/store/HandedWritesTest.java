package io.drawdown.kit.store;

import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandedWritesTest {

    private final HandedWrites handed = new HandedWrites();

    @Test
    void withoutAWriteNothingMayHaveHappened() {
        assertThat(handed.mayHaveHappened()).isFalse();
        assertThat(handed.fault(new OutcomeUnknown("a read took too long"))).isInstanceOf(Unavailable.class);
    }

    @Test
    void writeMayArriveWhileTheDocumentHasItsGuard() {
        // Given
        handed.hand(4, "mine");
        // When
        handed.seen(4, "before");
        // Then
        assertThat(handed.mayArrive()).isTrue();
        assertThat(handed.fault(new Unavailable("away"))).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void anotherWriteAtTheNextRevMeansThatItDidNotHappen() {
        // Given
        handed.hand(4, "mine");
        // When
        handed.seen(5, "another");
        // Then
        assertThat(handed.mayHaveHappened()).isFalse();
        assertThat(handed.fault(new Unavailable("away"))).isInstanceOf(Unavailable.class);
    }

    @Test
    void ownWriteOrALaterRevMeansThatItMayHaveHappened() {
        // Given
        handed.hand(4, "mine");
        // When
        handed.seen(6, "another");
        // Then
        assertThat(handed.mayArrive()).isFalse();
        assertThat(handed.mayHaveHappened()).isTrue();
        // Given
        HandedWrites found = new HandedWrites();
        found.hand(4, "mine");
        // When
        found.seen(5, "mine");
        // Then
        assertThat(found.mayArrive()).isFalse();
        assertThat(found.mayHaveHappened()).isTrue();
    }

    @Test
    void eachOfSeveralWritesCounts() {
        // Given
        handed.hand(4, "first");
        handed.hand(4, "second");
        // When
        handed.resolved("second");
        // Then
        assertThat(handed.mayArrive()).isTrue();
    }

    @Test
    void missingDocumentMayStillBeInserted() {
        // Given
        handed.hand(0, "mine");
        // When
        handed.seen(0, "");
        // Then
        assertThat(handed.mayArrive()).isTrue();
    }
}
