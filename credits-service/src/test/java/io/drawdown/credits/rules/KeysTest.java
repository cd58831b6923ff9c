package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class KeysTest {

    private static final Key KEY = new Key("k", "request");

    private final Book book = Book.with(1_000);

    @Test
    void aRepeatedKeyHasOneEffectAndTheFirstAnswer() {
        // Given
        Posted first = Book.done(book.charge(10, KEY));
        // When
        Reply<Posted> again = book.charge(10, KEY);
        // Then
        assertThat(again).isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
        assertThat(book.view().balance()).isEqualTo(Credits.of(990));
    }

    @Test
    void aRepeatedKeyOfAnotherRequestIsRefused() {
        // Given
        book.charge(10, KEY);
        // When
        Reply<Posted> reply = book.charge(10, new Key("k", "another request"));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void aKeyThatLeftTheOutboxIsFoundInTheLedger() {
        // Given
        Posted first = Book.done(book.charge(1, KEY));
        book.drain();
        // When
        Reply<Posted> again = book.charge(1, KEY);
        Reply<Posted> other = book.charge(1, new Key("k", "another request"));
        // Then
        assertThat(again).isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
        assertThat(Book.refused(other).problem()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void aKeyIsNotTakenForNewUnlessTheLedgerWasAsked() {
        // Given
        book.charge(1, KEY);
        book.drain();
        Command.Charge again = new Command.Charge(Book.ID, new Priced("ai_search", 1, Credits.of(1)), KEY);
        DecisionContext withoutTheLedger = new DecisionContext(book.now, book.limits, Map.of());
        // When Then
        assertThatIllegalStateException().isThrownBy(() -> again.decide(book.account(), withoutTheLedger));
    }

    @Test
    void aStartWhoseHoldIsGoneHasEndedForEver() {
        // Given
        book.start("s");
        book.release("s", 1, 0);
        // When Then
        assertThat(book.start("s").outcome()).isEqualTo(Outcome.NO_HOLD);
        book.drain();
        assertThat(book.start("s").outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.account().holds()).isEmpty();
    }
}
