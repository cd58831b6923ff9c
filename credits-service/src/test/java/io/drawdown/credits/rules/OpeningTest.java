package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Opened;
import io.drawdown.credits.decision.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpeningTest {

    private final Book book = new Book();

    @Test
    void anAccountOpensWithItsGrants() {
        // When
        Reply<Opened> reply = book.tell(new Command.Open(
                Book.ID,
                List.of(Book.purchased(90), new NewGrant(GrantKind.PROMO, Credits.of(5), 10, null, null)),
                "h"));
        // Then
        assertThat(Book.done(reply).isNew()).isTrue();
        assertThat(book.types()).containsExactly(EntryType.OPENED, EntryType.GRANTED, EntryType.GRANTED);
        assertThat(book.view().balance()).isEqualTo(Credits.of(95));
        assertThat(book.view().armedBalance()).isEqualTo(Credits.of(95));
    }

    @Test
    void theSameOpeningAgainChangesNothing() {
        // Given
        book.tell(new Command.Open(Book.ID, List.of(Book.purchased(90)), "h"));
        // When
        Reply<Opened> reply = book.tell(new Command.Open(Book.ID, List.of(Book.purchased(90)), "h"));
        // Then
        assertThat(reply).isEqualTo(new Reply.Done<>(new Opened(book.account(), false)));
        assertThat(book.types()).hasSize(2);
    }

    @Test
    void anotherOpeningOfTheSameAccountIsRefused() {
        // Given
        book.tell(new Command.Open(Book.ID, List.of(Book.purchased(90)), "h"));
        // When
        Reply<Opened> reply = book.tell(new Command.Open(Book.ID, List.of(Book.purchased(91)), "other"));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.ACCOUNT_EXISTS);
    }

    @Test
    void anOpeningWithAnExpiredGrantLeavesNoAccount() {
        // When
        Reply<Opened> reply = book.tell(new Command.Open(
                Book.ID,
                List.of(new NewGrant(GrantKind.PROMO, Credits.of(5), 10, null, book.now.minus(Duration.ofSeconds(1)))),
                "h"));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(book.account).isNull();
    }

    @Test
    void everyCommandToAMissingAccountIsRefused() {
        assertThat(Book.refused(book.charge(1)).problem()).isEqualTo(ProblemType.ACCOUNT_NOT_FOUND);
        assertThat(Book.refused(book.tick()).problem()).isEqualTo(ProblemType.ACCOUNT_NOT_FOUND);
    }
}
