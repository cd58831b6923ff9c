package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.account.UsedSpan;
import io.drawdown.credits.decision.Anomaly;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettlementTest {

    private final Book book = Book.with(300);

    @Test
    void theChargeIsThePriceOfTheTotalLessWhatIsSettled() {
        // Given
        book.start("s");
        // When
        book.settle("s", 1, 10_000);
        book.settle("s", 1, 25_000);
        // Then
        assertThat(book.last().type()).isEqualTo(EntryType.SETTLED);
        assertThat(book.last().amount()).isEqualTo(Credits.of(-15));
        assertThat(book.last().subject().used()).isEqualTo(new UsedSpan(10_000, 25_000));
        assertThat(book.last().subject().priced()).isEqualTo(new Priced("live_dubbing", 15, Credits.of(1)));
        assertThat(book.hold("s").charged()).isEqualTo(Credits.of(25));
    }

    @Test
    void secondReportWithTheSameTotalIsFree() {
        // Given
        book.start("s");
        book.settle("s", 1, 10_000);
        // When
        book.settle("s", 1, 10_000);
        // Then
        assertThat(book.view().balance()).isEqualTo(Credits.of(290));
    }

    @Test
    void aSmallerTotalChangesNothing() {
        // Given
        book.start("s");
        book.settle("s", 1, 10_000);
        int before = book.entries().size();
        // When
        Funding.Answer answer = book.settle("s", 1, 4_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(book.entries()).hasSize(before);
        assertThat(book.hold("s").usedMillis()).isEqualTo(10_000);
    }

    @Test
    void roundingIsDoneOnceOnTheTotal() {
        // Given
        book.start("s");
        // When
        for (long used = 100; used <= 5_500; used += 100) {
            book.settle("s", 1, used);
        }
        // Then
        assertThat(book.hold("s").charged()).isEqualTo(Credits.of(6));
        assertThat(book.view().balance()).isEqualTo(Credits.of(294));
    }

    @Test
    void aTotalBeyondWhatIsFundedIsChargedToWhatIsFundedAndNoticed() {
        // Given
        Book small = Book.with(30);
        small.start("s");
        // When
        Decision<Funding.Answer> decision = new Command.Settle(Book.ID, "s", 1, 31_000, false)
                .decide(small.account(), new DecisionContext(small.now, small.limits, Map.of()));
        // Then
        Decision.Changed<Funding.Answer> changed = (Decision.Changed<Funding.Answer>) decision;
        assertThat(changed.anomalies()).containsExactly(Anomaly.USAGE_BEYOND_FUNDED);
        assertThat(changed.next().hold("s").orElseThrow().usedMillis()).isEqualTo(30_000);
    }

    @Test
    void anOlderEpochIsStaleAndChargesNothing() {
        // Given
        book.start("s");
        book.takeover("s", 2, 1, 0);
        // When
        Funding.Answer answer = book.settle("s", 1, 10_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.STALE);
        assertThat(book.view().balance()).isEqualTo(Credits.of(300));
    }

    @Test
    void anEpochOfTheFutureIsStaleToo() {
        // Given
        book.start("s");
        // When Then
        assertThat(book.settle("s", 2, 10_000).outcome()).isEqualTo(Outcome.STALE);
        assertThat(book.view().balance()).isEqualTo(Credits.of(300));
    }

    @Test
    void aSessionOfWhichNothingIsKnownHasEnded() {
        assertThat(book.settle("nobody", 1, 10_000).outcome()).isEqualTo(Outcome.NO_HOLD);
    }

    @Test
    void fractionsOfCreditsAreExact() {
        // Given
        Rate rate = new Rate("k", Credits.ofMicros(333_333), 1_000);
        book.tell(new Command.StartHold(Book.ID, "s", rate, new Key("s:start", "k")));
        // When
        for (long used = 1_000; used <= 60_000; used += 1_000) {
            book.settle("s", 1, used);
        }
        // Then
        assertThat(book.hold("s").charged()).isEqualTo(Credits.ofMicros(333_333L * 60));
        assertThat(book.view().balance()).isEqualTo(Credits.ofMicros(300_000_000 - 333_333L * 60));
    }
}
