package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundsTest {

    private final Book book = Book.with(100_000);

    @Test
    void aFullOutboxRefusesNewWorkButNotWhatMustGoOn() {
        // Given
        book.start("s");
        fillOutbox();
        // When Then
        assertThat(Book.refused(book.charge(1)).problem()).isEqualTo(ProblemType.ACCOUNT_BACKLOGGED);
        assertThat(Book.refused(book.begin("t")).problem()).isEqualTo(ProblemType.ACCOUNT_BACKLOGGED);
        assertThat(book.settle("s", 1, 299_000).outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(book.grant(Book.purchased(1))).isInstanceOf(Reply.Done.class);
        assertThat(book.release("s", 1, 300_000)).isInstanceOf(Reply.Done.class);
    }

    @Test
    void drainedEntriesMakeRoom() {
        // Given
        book.start("s");
        fillOutbox();
        // When
        book.drain();
        // Then
        assertThat(book.charge(1)).isInstanceOf(Reply.Done.class);
    }

    @Test
    void aPaymentIsTakenEvenWhenNothingElseIs() {
        // Given: the broker is away for long
        book.limits = terms(256, 4);
        for (int i = 0; book.account().outbox().entries().size() < 4 * AccountLimits.HARD; i++) {
            book.grant(new NewGrant(GrantKind.PROMO, Credits.of(1), 500, null, book.now.plusSeconds(1_000 + i)));
        }
        NewGrant promo = new NewGrant(GrantKind.PROMO, Credits.of(1), 500, null, null);
        // When Then
        assertThat(Book.refused(book.grant(promo)).problem()).isEqualTo(ProblemType.ACCOUNT_BACKLOGGED);
        assertThat(book.grant(Book.purchased(1))).isInstanceOf(Reply.Done.class);
    }

    @Test
    void holdsAreBounded() {
        // Given
        book.limits = terms(2, 256);
        book.start("a");
        book.start("b");
        // When Then
        assertThat(Book.refused(book.begin("c")).problem()).isEqualTo(ProblemType.TOO_MANY_HOLDS);
        book.release("a", 1, 0);
        assertThat(book.start("c").outcome()).isEqualTo(Outcome.FUNDED);
    }

    private void fillOutbox() {
        book.limits = terms(256, 20);
        for (long used = 1_000; book.account().outbox().entries().size() < 20; used += 1_000) {
            book.settle("s", 1, used);
        }
    }

    private static AccountLimits terms(int holds, int outbox) {
        return new AccountLimits(
                Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 64, holds, outbox);
    }
}
