package io.drawdown.tasks.live;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeatsTest {

    private final Seats seats = new Seats(4, 2);

    @Test
    void thereAreSoManyInAllAndSoManyForOneAccount() {
        // When
        boolean[] taken = {
            seats.take("ada"),
            seats.take("ada"),
            seats.take("ada"),
            seats.take(null),
            seats.take("bob"),
            seats.take(null)
        };
        // Then
        assertThat(taken).containsExactly(true, true, false, true, true, false);
    }

    @Test
    void seatThatWasLeftIsFree() {
        // Given
        seats.take("ada");
        seats.take("ada");
        // When
        seats.leave("ada");
        // Then
        assertThat(seats.take("ada")).isTrue();
        assertThat(seats.taken()).isEqualTo(2);
    }
}
