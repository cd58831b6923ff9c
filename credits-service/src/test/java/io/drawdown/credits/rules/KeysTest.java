package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.account.RecentKey;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.Decision;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
    void aDrainedKeyInTheRingIsAnsweredFromItsRow() {
        // Given
        Posted first = Book.done(book.charge(10, KEY));
        book.drain();
        // When
        Decision<Posted> decision = new Command.Charge(Book.ID, new Priced("ai_search", 10, Credits.of(1)), KEY)
                .decide(book.account(), new DecisionContext(book.now, book.limits, Map.of()));
        // Then
        assertThat(decision)
                .asInstanceOf(InstanceOfAssertFactories.type(Decision.Replayed.class))
                .extracting(Decision.Replayed::seq)
                .isEqualTo(first.entry().seq());
    }

    @Test
    void aKeyThatLeftTheRingIsFoundInTheLedger() {
        // Given
        Posted first = Book.done(book.charge(1, KEY));
        pushKeyOut();
        // When
        Reply<Posted> again = book.charge(1, KEY);
        Reply<Posted> other = book.charge(1, new Key("k", "another request"));
        // Then
        assertThat(again).isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
        assertThat(Book.refused(other).problem()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void aKeyLeavesTheRingOnlyOnceItsEntryIsDrained() {
        // Given
        book.limits = smallRing();
        // When
        book.charge(1, KEY);
        for (int i = 0; i < 5; i++) {
            book.grant(Book.purchased(1));
        }
        // Then
        assertThat(book.account().keys().recent())
                .extracting(RecentKey::keyHash)
                .contains("k");
        // When
        book.drain();
        book.grant(Book.purchased(1));
        // Then
        assertThat(book.account().keys().recent())
                .extracting(RecentKey::keyHash)
                .doesNotContain("k");
        assertThat(book.account().keys().evicted()).isTrue();
    }

    @Test
    void aStartWhoseHoldIsGoneHasEndedForEver() {
        // Given
        book.start("s");
        book.release("s", 1, 0);
        // When Then
        assertThat(book.start("s").outcome()).isEqualTo(Outcome.NO_HOLD);
        pushKeyOut();
        assertThat(book.start("s").outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.account().holds()).isEmpty();
    }

    private void pushKeyOut() {
        book.limits = smallRing();
        for (int i = 0; i < 10; i++) {
            book.drain();
            book.charge(1);
        }
        book.drain();
        assertThat(book.account().keys().recent()).hasSize(4);
    }

    private static AccountLimits smallRing() {
        return new AccountLimits(
                Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 64, 256, 4, 256);
    }
}
