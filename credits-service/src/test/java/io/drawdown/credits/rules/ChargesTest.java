package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChargesTest {

    private final Book book = Book.with(90);

    @Test
    void aChargeSaysHowItsAmountCameAbout() {
        // When
        book.charge(10);
        // Then
        Entry entry = book.last();
        assertThat(entry.type()).isEqualTo(EntryType.CHARGED);
        assertThat(entry.amount()).isEqualTo(Credits.of(-10));
        assertThat(entry.movement().before()).isEqualTo(Credits.of(90));
        assertThat(entry.movement().after()).isEqualTo(Credits.of(80));
        assertThat(entry.subject().priced()).isEqualTo(new Priced("ai_search", 10, Credits.of(1)));
        assertThat(entry.origin().cause()).isEqualTo("charge ai_search");
        assertThat(entry.view().balance()).isEqualTo(Credits.of(80));
    }

    @Test
    void allThatIsAvailableCanBeCharged() {
        // When
        Reply<Posted> reply = book.charge(90);
        // Then
        assertThat(reply).isInstanceOf(Reply.Done.class);
        assertThat(book.view().available()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aChargeAboveWhatIsAvailableTakesNothing() {
        // Given
        book.start("s");
        // When
        Refusal refused = Book.refused(book.charge(31));
        // Then
        assertThat(refused.problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(refused.required()).isEqualTo(Credits.of(31));
        assertThat(refused.account()).isEqualTo(book.view());
        assertThat(book.view().available()).isEqualTo(Credits.of(30));
    }

    @Test
    void aRefusedChargeIsNotRemembered() {
        // Given
        Key key = book.freshKey();
        book.charge(100, key);
        book.grant(Book.purchased(20));
        // When
        Reply<Posted> reply = book.charge(100, key);
        // Then
        assertThat(Book.done(reply).isReplay()).isFalse();
        assertThat(book.view().balance()).isEqualTo(Credits.of(10));
    }
}
