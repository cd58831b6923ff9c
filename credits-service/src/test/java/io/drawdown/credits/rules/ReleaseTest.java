package io.drawdown.credits.rules;

import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseTest {

    @Test
    void aLowerEpochIsStaleAndChangesNothing() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.takeover("s", 2, 1, 10_000);
        List<Entry> before = book.entries();
        // When
        Reply<Funding.Answer> asked = book.release("s", 1, 50_000);
        Reply<Funding.Answer> heard = book.ended("s", 1, 50_000);
        // Then
        assertThat(Book.done(asked).outcome()).isEqualTo(Outcome.STALE);
        assertThat(heard).isEqualTo(asked);
        assertThat(book.entries()).isEqualTo(before);
        assertThat(book.hold("s").usedMillis()).isEqualTo(10_000);
    }

    @ParameterizedTest(name = "epoch {0}, total {1} ms: settled to {2} ms")
    @CsvSource({
        "2, 30000, 30000", // the hold's own epoch
        "3, 30000, 30000", // a higher one
        "2, 5000, 10000", // not below what is settled
        "2, 990000, 90000", // not above what is funded
        "3, 990000, 90000",
    })
    void itSettlesToTheTotalWithinWhatIsSettledAndFunded(long epoch, long total, long settled) {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.takeover("s", 2, 1, 10_000);
        book.settle("s", 2, 10_000);
        long funded = book.hold("s").fundedMillis();
        // When
        Funding.Answer answer = Book.done(book.release("s", epoch, total));
        // Then
        Entry row = book.last();
        assertThat(answer.outcome()).isEqualTo(Outcome.RELEASED);
        assertThat(row.type()).isEqualTo(EntryType.RELEASED);
        assertThat(row.hold()).isNotNull();
        assertThat(row.hold().usedMillis()).isEqualTo(Math.min(settled, funded));
        assertThat(answer.hold()).isEqualTo(row.hold().view());
        assertThat(answer.account()).isEqualTo(row.view()).isEqualTo(book.view());
        assertThat(book.view().held()).isEqualTo(Credits.ZERO);
        assertThat(book.account().holds()).isEmpty();
    }

    @Test
    void askedAgainItAnswersTheSameRow() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        Reply<Funding.Answer> first = book.release("s", 1, 10_000);
        book.charge(5);
        // When
        Reply<Funding.Answer> waiting = book.release("s", 1, 10_000);
        book.drain();
        Reply<Funding.Answer> written = book.release("s", 1, 10_000);
        // Then
        assertThat(waiting).isEqualTo(first);
        assertThat(written).isEqualTo(first);
        assertThat(Book.done(first).account()).extracting(AccountView::balance).isEqualTo(Credits.of(80));
        assertThat(book.view().balance()).isEqualTo(Credits.of(75));
    }

    @Test
    void askedAgainAfterItsKeyLeftTheOutboxItAnswersTheSameRow() {
        // Given
        Book book = Book.with(900);
        book.start("s");
        Reply<Funding.Answer> first = book.release("s", 1, 10_000);
        book.drain();
        // When
        Reply<Funding.Answer> again = book.release("s", 1, 10_000);
        // Then
        assertThat(again).isEqualTo(first);
    }

    @Test
    void theEventIsTheSameCommandUnderTheSameKey() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.ended("s", 1, 10_000);
        Entry row = book.last();
        // When
        Reply<Funding.Answer> asked = book.release("s", 1, 10_000);
        // Then
        assertThat(Book.done(asked).account()).isEqualTo(row.view());
        assertThat(row.keyHash()).isEqualTo(SessionKeys.release(Book.ID, "s").hash());
    }

    @Test
    void theEventOfAReleasedSessionFindsNothingToDo() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.release("s", 1, 10_000);
        List<Entry> before = book.entries();
        // When
        Reply<Funding.Answer> heard = book.ended("s", 1, 10_000);
        // Then
        assertThat(Book.done(heard)).isEqualTo(new Funding.Answer(Outcome.NO_HOLD, book.view(), null, null, null));
        assertThat(book.entries()).isEqualTo(before);
    }

    @Test
    void aReleaseWithoutAHoldMakesALateStartLockNothing() {
        // Given
        Book book = Book.with(90);
        // When
        Reply<Funding.Answer> first = book.release("s", 1, 0);
        Reply<Funding.Answer> again = book.release("s", 1, 0);
        Reply<Funding.Answer> late = book.begin("s");
        // Then
        assertThat(book.last().type()).isEqualTo(EntryType.VOIDED);
        assertThat(book.last().amount()).isEqualTo(Credits.ZERO);
        assertThat(Book.done(first).outcome()).isEqualTo(Outcome.RELEASED);
        assertThat(again).isEqualTo(first);
        assertThat(Book.done(late).outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.view().available()).isEqualTo(Credits.of(90));
        assertThat(book.account().holds()).isEmpty();
    }

    @Test
    void aStartLongAfterTheVoidRowLocksNothing() {
        // Given
        Book book = Book.with(900);
        book.release("s", 1, 0);
        book.drain();
        // When
        Reply<Funding.Answer> late = book.begin("s");
        // Then
        assertThat(Book.done(late).outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.account().holds()).isEmpty();
    }

    @Test
    void anEventThatFindsNoHoldVoidsNothing() {
        // Given
        Book book = Book.with(90);
        List<Entry> before = book.entries();
        // When
        Reply<Funding.Answer> heard = book.ended("s", 1, 0);
        // Then
        assertThat(Book.done(heard)).isEqualTo(new Funding.Answer(Outcome.NO_HOLD, book.view(), null, null, null));
        assertThat(book.entries()).isEqualTo(before);
        assertThat(Book.done(book.begin("s")).outcome()).isEqualTo(Outcome.FUNDED);
    }

    @Test
    void noReleaseOfAHoldIsRefusedForAFullArray() {
        // Given
        Book book = Book.with(300_000);
        int sessions = AccountLimits.DEFAULT.holds();
        for (int i = 0; i < sessions; i++) {
            book.start("s" + i);
            book.drain();
        }
        // When
        for (int i = 0; i < sessions; i++) {
            book.release("s" + i, 1, 1_000);
        }
        // Then
        assertThat(book.account().holds()).isEmpty();
    }
}
