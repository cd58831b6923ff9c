package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CancellationsTest {

    private static final Key KEY = new Key("k", "request");

    private final Book book = Book.with(100);

    @Test
    void aCancelledKeyHasARowOfItsOwnAndNothingHappensUnderItAnyMore() {
        // When
        Posted cancelled = Book.done(cancel("k"));
        // Then
        assertThat(cancelled.entry().type()).isEqualTo(EntryType.VOIDED);
        assertThat(cancelled.entry().amount()).isEqualTo(Credits.ZERO);
        assertThat(cancelled.entry().keyHash()).isEqualTo("k");
        assertThat(Book.refused(book.charge(10, KEY)).problem()).isEqualTo(ProblemType.OPERATION_CANCELLED);
        assertThat(Book.refused(book.tell(new Command.AddGrant(Book.ID, Book.purchased(1), KEY)))
                        .problem())
                .isEqualTo(ProblemType.OPERATION_CANCELLED);
        assertThat(book.view().balance()).isEqualTo(Credits.of(100));
    }

    @Test
    void aCancellationSentTwiceGivesTheSameAnswer() {
        // Given
        Posted first = Book.done(cancel("k"));
        // When
        Reply<Posted> again = cancel("k");
        book.drain();
        Reply<Posted> drained = cancel("k");
        // Then
        assertThat(again).isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
        assertThat(drained).isEqualTo(again);
        assertThat(Book.refused(book.charge(10, KEY)).problem()).isEqualTo(ProblemType.OPERATION_CANCELLED);
    }

    @Test
    void aCancellationOfADoneOperationAnswersItsRow() {
        // Given
        Posted charged = Book.done(book.charge(10, KEY));
        int entries = book.entries().size();
        // When
        Reply<Posted> reply = cancel("k");
        // Then
        assertThat(reply).isEqualTo(new Reply.Done<>(new Posted(charged.entry(), true)));
        assertThat(book.charge(10, KEY)).isEqualTo(reply);
        assertThat(book.entries()).hasSize(entries);
    }

    @Test
    void aStartThatIsGivenUpReservesNothingWhenItComesLate() {
        // When
        Funding.Answer answer = cancelStart("s");
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(book.start("s").outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.view().held()).isEqualTo(Credits.ZERO);
        assertThat(cancelStart("s").outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aStartThatHappenedIsToldToWhoeverGivesItUp() {
        // Given
        book.start("s");
        // When, Then
        assertThat(cancelStart("s").hold()).isEqualTo(book.hold("s").view());
        assertThat(cancelStart("s").outcome()).isEqualTo(Outcome.FUNDED);
        // When
        book.release("s", 1, 5_000);
        // Then
        assertThat(cancelStart("s").outcome()).isEqualTo(Outcome.NO_HOLD);
    }

    @Test
    void aSuspendedOrClosedAccountStillSaysWhatBecameOfAKey() {
        // Given
        book.tell(new Command.Suspend(Book.ID, "fraud"));
        // When, Then
        assertThat(cancel("k")).isInstanceOf(Reply.Done.class);
        book.tell(new Command.Close(Book.ID));
        assertThat(cancel("l")).isInstanceOf(Reply.Done.class);
        assertThat(book.replay().problems()).isEmpty();
    }

    @Test
    void cancellationsLeaveRoomForWhatMayNotBeRefused() {
        // Given
        book.limits = terms(8);
        // When
        Reply<Posted> last = cancel("0");
        for (int i = 1; i < 10 && last instanceof Reply.Done; i++) {
            last = cancel("" + i);
        }
        // Then
        assertThat(Book.refused(last).problem()).isEqualTo(ProblemType.ACCOUNT_BACKLOGGED);
        assertThat(book.account().outbox().entries()).hasSizeLessThan(8);
    }

    @Test
    void aCancellationWithoutAnAccountIsRefused() {
        assertThat(Book.refused(new Book().tell(new Command.Cancel(Book.ID, Key.cancelled("k"))))
                        .problem())
                .isEqualTo(ProblemType.ACCOUNT_NOT_FOUND);
    }

    private Reply<Posted> cancel(String keyHash) {
        return book.tell(new Command.Cancel(Book.ID, Key.cancelled(keyHash)));
    }

    private Funding.Answer cancelStart(String session) {
        return Book.done(book.tell(
                new Command.CancelStart(Book.ID, session, Key.cancelled(SessionKeys.start(Book.ID, session)))));
    }

    private static AccountLimits terms(int outbox) {
        return new AccountLimits(
                Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 64, 256, outbox);
    }
}
