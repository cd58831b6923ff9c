package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.StatusResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusChangesTest {

    private final Book book = Book.with(90);

    @Test
    void aSuspendedAccountTakesNoNewWork() {
        // Given
        suspend();
        // When Then
        assertThat(Book.refused(book.charge(1)).problem()).isEqualTo(ProblemType.ACCOUNT_SUSPENDED);
        assertThat(Book.refused(book.begin("s")).problem()).isEqualTo(ProblemType.ACCOUNT_SUSPENDED);
    }

    @Test
    void aSuspendedAccountSettlesButDoesNotRefill() {
        // Given
        book.start("s");
        suspend();
        // When
        var answer = book.settle("s", 1, 50_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.SUSPENDED);
        assertThat(book.hold("s").fundedMillis()).isEqualTo(60_000);
        assertThat(book.view().balance()).isEqualTo(Credits.of(40));
    }

    @Test
    void aSuspendedAccountTakesCreditsAndReleases() {
        // Given
        book.start("s");
        suspend();
        // When
        book.grant(Book.purchased(10));
        book.release("s", 1, 10_000);
        // Then
        assertThat(book.view().available()).isEqualTo(Credits.of(90));
    }

    @Test
    void aPlanIsSetOnceAndTakenAwayAgain() {
        // Given
        Command.ChangePlan pro = new Command.ChangePlan(Book.ID, "pro");
        Command.ChangePlan none = new Command.ChangePlan(Book.ID, null);
        assertThat(book.tell(none)).isEqualTo(new Reply.Done<>(new StatusResult.Unchanged(book.view())));
        // When
        book.tell(pro);
        // Then
        assertThat(book.last().type()).isEqualTo(EntryType.PLAN_CHANGED);
        assertThat(book.last().subject().plan()).isEqualTo("pro");
        assertThat(book.last().event(Book.ID).plan()).isEqualTo("pro");
        assertThat(book.tell(pro)).isEqualTo(new Reply.Done<>(new StatusResult.Unchanged(book.view())));
        assertThat(Book.done(book.tell(none))).isInstanceOf(StatusResult.Changed.class);
        assertThat(book.last().event(Book.ID).plan()).isNull();
    }

    @Test
    void suspensionAndItsLiftingAgainChangeNothing() {
        suspend();
        assertThat(suspend()).isEqualTo(new Reply.Done<>(new StatusResult.Unchanged(book.view())));
        assertThat(book.tell(new Command.Reinstate(Book.ID))).isInstanceOf(Reply.Done.class);
        assertThat(book.tell(new Command.Reinstate(Book.ID)))
                .isEqualTo(new Reply.Done<>(new StatusResult.Unchanged(book.view())));
        assertThat(book.charge(1)).isInstanceOf(Reply.Done.class);
    }

    @Test
    void anAccountWithHoldsCannotBeClosed() {
        // Given
        book.start("s");
        // When Then
        assertThat(Book.refused(close()).problem()).isEqualTo(ProblemType.ACCOUNT_IN_USE);
        book.release("s", 1, 0);
        assertThat(close()).isInstanceOf(Reply.Done.class);
        assertThat(book.last().type()).isEqualTo(EntryType.CLOSED);
    }

    @Test
    void aClosedAccountStaysClosed() {
        // Given
        close();
        // When Then
        assertThat(Book.refused(book.charge(1)).problem()).isEqualTo(ProblemType.ACCOUNT_CLOSED);
        assertThat(Book.refused(book.begin("s")).problem()).isEqualTo(ProblemType.ACCOUNT_CLOSED);
        assertThat(Book.refused(book.grant(Book.purchased(1))).problem()).isEqualTo(ProblemType.ACCOUNT_CLOSED);
        assertThat(Book.refused(suspend()).problem()).isEqualTo(ProblemType.ACCOUNT_CLOSED);
        assertThat(close()).isEqualTo(new Reply.Done<>(new StatusResult.Unchanged(book.view())));
    }

    private Reply<StatusResult> suspend() {
        return book.tell(new Command.Suspend(Book.ID, "fraud"));
    }

    private Reply<StatusResult> close() {
        return book.tell(new Command.Close(Book.ID));
    }
}
