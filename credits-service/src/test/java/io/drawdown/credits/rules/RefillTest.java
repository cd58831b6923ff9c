package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefillTest {

    @ParameterizedTest(name = "{0} credits, used {1} ms: funded {2} ms, {3}")
    @CsvSource({
        "1000, 10000, 310000, FUNDED", // greatest slice
        "300, 10000, 155000, FUNDED", // half of the 290 that are left
        "100, 10000, 60000, FUNDED", // 45 s are the share: funded further than that already
        "30, 10000, 30000, FUNDED", // the share is funded
        "30, 24000, 30000, FUNDED", // the least slice is funded
        "30, 26000, 30000, ENDING", // less than the least slice, and no more to have
        "30, 29999, 30000, ENDING",
        "30, 30000, 30000, EXHAUSTED",
        "63, 60000, 63000, FUNDED", // the last three credits
    })
    void theTargetIsUsedPlusTheShareOfWhatThereIs(long credits, long used, long funded, Outcome outcome) {
        // Given
        Book book = Book.with(credits);
        book.start("s");
        // When
        Funding.Answer answer = book.settle("s", 1, used);
        // Then
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(book.hold("s").fundedMillis()).isEqualTo(funded);
        assertThat(answer.hold()).isEqualTo(book.hold("s").view());
        assertThat(answer.account()).isEqualTo(book.view());
    }

    @Test
    void manySessionsShareWhatThereIs() {
        // Given
        Book book = Book.with(400);
        for (String session : new String[] {"a", "b", "c"}) {
            book.start(session);
        }
        // When
        book.settle("a", 1, 60_000);
        // Then: 220 are available to a, divided by the three sessions and one more
        assertThat(book.hold("a").fundedMillis()).isEqualTo(60_000 + 55_000);
    }

    @Test
    void fundedNeverFallsWithinAnEpoch() {
        // Given
        Book book = Book.with(1_000);
        book.start("s");
        book.settle("s", 1, 10_000);
        long funded = book.hold("s").fundedMillis();
        // When
        for (int i = 0; i < 5; i++) {
            book.start("other" + i);
        }
        book.settle("s", 1, 11_000);
        // Then
        assertThat(book.hold("s").fundedMillis()).isEqualTo(funded);
    }

    @Test
    void creditsWorthLessThanOneIncrementStay() {
        // Given
        Book book = Book.with(31);
        Rate rate = new Rate("k", Credits.of(2), 1_000);
        book.tell(new Command.StartHold(Book.ID, "s", rate, new Key("s:start", "k")));
        // When
        Funding.Answer answer = book.settle("s", 1, 15_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(book.view().balance()).isEqualTo(Credits.of(1));
    }

    @Test
    void aTopUpInTheLastSliceKeepsTheSessionAlive() {
        // Given
        Book book = Book.with(30);
        book.start("s");
        assertThat(book.settle("s", 1, 28_000).outcome()).isEqualTo(Outcome.ENDING);
        // When
        book.grant(Book.purchased(15));
        Funding.Answer answer = book.settle("s", 1, 30_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(book.hold("s").fundedMillis()).isEqualTo(37_000);
    }

    @Test
    void aSiblingsReleaseFundsTheOther() {
        // Given
        Book book = Book.with(90);
        book.start("a");
        book.start("b");
        assertThat(book.settle("b", 1, 30_000).outcome()).isEqualTo(Outcome.EXHAUSTED);
        // When
        book.release("a", 1, 20_000);
        // Then
        assertThat(book.settle("b", 1, 30_000).outcome()).isEqualTo(Outcome.FUNDED);
    }

    @Test
    void ninetyCreditsAreUsedUpByTwoSessionsToTheLastOne() {
        // Given
        Book book = Book.with(90);
        book.start("a");
        book.start("b");
        // When
        for (long second = 1; second <= 60; second++) {
            book.settle("a", 1, second * 1_000);
            book.settle("b", 1, Math.min(second, 30) * 1_000);
        }
        // Then
        assertThat(book.settle("a", 1, 60_000).outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(book.settle("b", 1, 30_000).outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(book.view().balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void incrementsLongerThanASliceAreFundedOneByOne() {
        // Given
        Book book = Book.with(3);
        Rate rate = new Rate("k", Credits.of(1), 400_000);
        book.tell(new Command.StartHold(Book.ID, "s", rate, new Key("s:start", "k")));
        assertThat(book.hold("s").fundedMillis()).isEqualTo(400_000);
        // When
        book.settle("s", 1, 400_000);
        // Then
        assertThat(book.hold("s").fundedMillis()).isEqualTo(800_000);
    }

    @Test
    void allThatOneSessionIsEverChargedIsAnAmount() {
        // Given: half of the greatest amount for each second
        Book book = Book.with(1L << 33);
        Rate rate = new Rate("k", Credits.of(1L << 32), 1_000);
        book.tell(new Command.StartHold(Book.ID, "s", rate, new Key("s:start", "k")));
        book.settle("s", 1, 2_000);
        book.grant(Book.purchased(1L << 33));
        // When
        Outcome outcome = book.settle("s", 1, 2_000).outcome();
        // Then
        assertThat(outcome).isEqualTo(Outcome.EXHAUSTED);
        assertThat(book.hold("s").charged()).isEqualTo(Credits.ofMicros(Credits.MAX_MICROS));
    }
}
