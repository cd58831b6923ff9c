package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrantsTest {

    private final Book book = Book.with(0);

    @Test
    void aGrantAddsToTheBalanceAndArmsTheWarnings() {
        // When
        Reply<Posted> reply = book.grant(Book.purchased(30));
        // Then
        assertThat(reply).isEqualTo(new Reply.Done<>(new Posted(book.last(), false)));
        assertThat(book.last().amount()).isEqualTo(Credits.of(30));
        assertThat(book.view().available()).isEqualTo(Credits.of(30));
        assertThat(book.view().armedBalance()).isEqualTo(Credits.of(30));
    }

    @Test
    void aFutureGrantIsPostedButCountsAndArmsOnlyOnceItIsEffective() {
        // Given
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(30), 10, in(60), null));
        assertThat(book.view().balance()).isEqualTo(Credits.ZERO);
        assertThat(AccountSummary.of(book.account(), book.now).posted()).isEqualTo(Credits.of(30));
        // When
        book.pass(Duration.ofSeconds(60));
        book.tick();
        // Then
        assertThat(book.view().balance()).isEqualTo(Credits.of(30));
        assertThat(book.last().origin().cause()).isEqualTo("effective");
        assertThat(book.last().view().armedBalance()).isEqualTo(Credits.of(30));
    }

    @Test
    void aFutureGrantBecomesEffectiveOnce() {
        // Given
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(30), 10, in(60), null));
        book.pass(Duration.ofSeconds(60));
        book.tick();
        int before = book.entries().size();
        // When
        book.tick();
        book.charge(1);
        // Then
        assertThat(book.entries()).hasSize(before + 1);
    }

    @Test
    void aGrantThatIsNotPositiveIsRefused() {
        assertThat(Book.refused(book.grant(Book.purchased(0))).problem()).isEqualTo(ProblemType.INVALID_AMOUNT);
        assertThat(Book.refused(book.grant(Book.purchased(-1))).problem()).isEqualTo(ProblemType.INVALID_AMOUNT);
    }

    @Test
    void aGrantBeyondWhatAnAmountCanBeIsRefused() {
        // Given
        book.grant(new NewGrant(GrantKind.PROMO, Credits.ofMicros(Credits.MAX_MICROS), 10, null, null));
        // When
        Reply<Posted> reply = book.grant(Book.purchased(1));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.AMOUNT_OUT_OF_RANGE);
    }

    @Test
    void aSpentGrantLeavesTheDocument() {
        // Given
        book.grant(Book.purchased(30));
        // When
        book.charge(30);
        // Then
        assertThat(book.account().grants()).isEmpty();
    }

    private Instant in(long seconds) {
        return book.now.plusSeconds(seconds);
    }
}
