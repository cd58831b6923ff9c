package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TakeoverTest {

    private final Book book = Book.with(300);

    @ParameterizedTest(name = "to epoch {0} with proof ({1}, {2}): {3}, used {4}")
    @CsvSource({
        "3, 2, 20000, FUNDED, 20000", // a proof of the hold's own epoch counts
        "3, 1, 20000, FUNDED, 10000", // any other does not
        "3, 3, 20000, FUNDED, 10000",
        "3, 2, 5000, FUNDED, 10000", // a smaller one changes nothing
        "2, 2, 20000, FUNDED, 10000", // at the same epoch nothing is settled
        "1, 2, 20000, STALE, 10000", // a former owner
        "7, 2, 20000, FUNDED, 20000",
    })
    void theProofCountsOnlyForTheHoldsOwnEpoch(
            long epoch, long proofEpoch, long proof, Outcome outcome, long usedAfter) {
        // Given
        book.start("s");
        book.takeover("s", 2, 1, 10_000);
        // When
        Funding.Answer answer = book.takeover("s", epoch, proofEpoch, proof);
        // Then
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(book.hold("s").epoch()).isEqualTo(Math.max(2, epoch));
        assertThat(book.hold("s").usedMillis()).isEqualTo(usedAfter);
    }

    @Test
    void aProofIsChargedUpToWhatIsFunded() {
        // Given
        Book small = Book.with(30);
        small.start("s");
        // When
        Funding.Answer answer = small.takeover("s", 2, 1, 99_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(small.view().balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aRepeatedTakeoverAnswersTheSame() {
        // Given
        book.start("s");
        Funding.Answer first = book.takeover("s", 2, 1, 10_000);
        // When
        Funding.Answer again = book.takeover("s", 2, 1, 10_000);
        // Then
        assertThat(again).isEqualTo(first);
    }
}
