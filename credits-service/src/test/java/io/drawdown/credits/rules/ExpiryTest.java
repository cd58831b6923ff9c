package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.AccountSummary;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpiryTest {

    private final Book book = Book.with(0);

    @Test
    void expiredCreditsAreGoneAtOnceAndPostedWithTheNextDecision() {
        // Given
        expiring(30, 60);
        book.pass(Duration.ofSeconds(60));
        assertThat(book.view().balance()).isEqualTo(Credits.ZERO);
        // When
        book.tick();
        // Then
        assertThat(book.entries()).extracting(Entry::type).contains(EntryType.EXPIRED);
        assertThat(AccountSummary.of(book.account(), book.now).posted()).isEqualTo(Credits.ZERO);
        assertThat(book.account().grants()).isEmpty();
    }

    @Test
    void eachMomentOfExpiryIsPostedAsOneEntryWithThatMoment() {
        // Given
        Instant opened = book.now;
        expiring(30, 60);
        expiring(20, 90);
        expiring(10, 90);
        // When: the sweep comes late
        book.pass(Duration.ofSeconds(100));
        book.tick();
        // Then
        List<Entry> expired = book.entries().stream()
                .filter(entry -> entry.type() == EntryType.EXPIRED)
                .toList();
        assertThat(expired)
                .extracting(Entry::effectiveAt)
                .containsExactly(opened.plusSeconds(60), opened.plusSeconds(90));
        assertThat(expired).extracting(Entry::amount).containsExactly(Credits.of(-30), Credits.of(-30));
        assertThat(expired).extracting(Entry::at).containsOnly(book.now);
        assertThat(expired.getLast().event(Book.ID).effectiveAt()).isEqualTo(opened.plusSeconds(90));
    }

    @Test
    void aGrantThatBecameEffectiveIsPostedWithTheMomentAtWhichItDid() {
        // Given
        Instant moment = book.now.plusSeconds(40);
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(1), 10, moment, null));
        assertThat(book.last().effectiveAt()).isNull();
        // When
        book.pass(Duration.ofSeconds(100));
        book.tick();
        // Then
        assertThat(book.last().origin().cause()).isEqualTo("effective");
        assertThat(book.last().effectiveAt()).isEqualTo(moment);
    }

    @Test
    void expiredCreditsCannotBeChargedAndTheRefusalLeavesNoTrace() {
        // Given
        expiring(30, 60);
        book.pass(Duration.ofSeconds(60));
        Account before = book.account();
        // When
        Reply<Posted> reply = book.charge(1);
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(book.account()).isEqualTo(before);
    }

    @Test
    void expiryTakesOnlyWhatNoHoldHasReserved() {
        // Given
        expiring(90, 30);
        book.start("s");
        // When
        book.pass(Duration.ofSeconds(30));
        book.tick();
        // Then
        assertThat(book.last().view().balance()).isEqualTo(Credits.of(60));
        assertThat(book.view().available()).isEqualTo(Credits.ZERO);
        assertThat(book.settle("s", 1, 59_000).outcome()).isEqualTo(Outcome.ENDING);
        assertThat(book.hold("s").charged()).isEqualTo(Credits.of(59));
    }

    @Test
    void aReservedPartThatComesBackAfterExpiryGoesToExpiredInTheSameWrite() {
        // Given
        expiring(60, 30);
        book.start("s");
        book.pass(Duration.ofSeconds(31));
        // When
        book.release("s", 1, 20_000);
        // Then
        assertThat(book.entries().getLast().type()).isEqualTo(EntryType.THRESHOLD_CROSSED);
        assertThat(book.entries())
                .filteredOn(entry -> entry.type() == EntryType.EXPIRED)
                .singleElement()
                .returns(Credits.of(-40), Entry::amount)
                .returns(book.now.minusSeconds(1), Entry::effectiveAt);
        assertThat(book.view().balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aHoldIsNotRefilledFromAnExpiredGrant() {
        // Given
        expiring(300, 30);
        book.start("s");
        book.pass(Duration.ofSeconds(30));
        // When
        book.settle("s", 1, 30_000);
        // Then
        assertThat(book.hold("s").fundedMillis()).isEqualTo(60_000);
        assertThat(book.settle("s", 1, 60_000).outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(book.view().balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void theDocumentSaysWhenTimeWillChangeIt() {
        // Given
        expiring(30, 60);
        book.grant(
                new NewGrant(GrantKind.PROMO, Credits.of(1), 10, book.now.plusSeconds(40), book.now.plusSeconds(400)));
        // When Then
        assertThat(book.account().money().dueAt()).isEqualTo(book.now.plusSeconds(40));
        book.pass(Duration.ofSeconds(40));
        book.tick();
        assertThat(book.account().money().dueAt()).isEqualTo(book.now.plusSeconds(20));
        book.pass(Duration.ofSeconds(20));
        book.tick();
        assertThat(book.account().money().dueAt()).isEqualTo(book.now.plusSeconds(340));
        book.pass(Duration.ofSeconds(340));
        book.tick();
        assertThat(book.account().money().dueAt()).isNull();
    }

    @Test
    void theTimeOfAnAccountNeverFalls() {
        // Given
        expiring(30, 60);
        book.pass(Duration.ofSeconds(60));
        book.tick();
        // When
        book.pass(Duration.ofSeconds(-50));
        book.grant(Book.purchased(5));
        // Then
        assertThat(book.view().balance()).isEqualTo(Credits.of(5));
        assertThat(book.last().at()).isEqualTo(book.now.plusSeconds(50));
    }

    private void expiring(long credits, long seconds) {
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(credits), 10, null, book.now.plusSeconds(seconds)));
    }
}
