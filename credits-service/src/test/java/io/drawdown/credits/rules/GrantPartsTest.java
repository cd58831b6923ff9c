package io.drawdown.credits.rules;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.GrantPart;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.NewGrant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Entries and events name the terms of the grants, so that paid credits can be told from given ones ever after. */
class GrantPartsTest {

    private final Book book = Book.with(0);
    private final Instant opened = book.now;

    @Test
    void aGrantIsPostedAndToldWithItsTerms() {
        // When
        book.grant(new NewGrant(GrantKind.EARNED, Credits.of(7), 3, in(10), in(20)));
        // Then
        GrantPart whole = new GrantPart("g2", GrantKind.EARNED, 3, in(10), in(20), Credits.of(7));
        assertThat(book.last().moved()).containsExactly(whole);
        assertThat(event().parts()).containsExactly(whole);
    }

    @Test
    void aChargeNamesTheTermsOfGrantsThatAreSpentByIt() {
        // Given
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(4), 500, null, in(60)));
        book.grant(new NewGrant(GrantKind.PURCHASED, Credits.of(6), 500, null, null));
        // When
        book.charge(10);
        // Then
        assertThat(book.account().grants()).isEmpty();
        List<GrantPart> parts = List.of(
                new GrantPart("g2", GrantKind.PROMO, 500, opened, in(60), Credits.of(4)),
                new GrantPart("g3", GrantKind.PURCHASED, 500, opened, null, Credits.of(6)));
        assertThat(charged().moved()).isEqualTo(parts);
        assertThat(charged().event(Book.ID).parts()).isEqualTo(parts);
    }

    @Test
    void aSettlementAndAnExpiryNameThemToo() {
        // Given
        book.grant(new NewGrant(GrantKind.PROMO, Credits.of(100), 500, null, in(60)));
        book.start("s");
        // When
        book.settle("s", 1, 5_000);
        Entry settled = book.last();
        book.pass(java.time.Duration.ofSeconds(60));
        book.release("s", 1, 5_000);
        // Then
        assertThat(settled.event(Book.ID).parts()).containsExactly(promo(in(60), 5));
        assertThat(book.entries())
                .filteredOn(entry -> entry.effectiveAt() != null)
                .flatExtracting(Entry::moved)
                .extracting(part -> ((GrantPart) part).kind())
                .containsOnly(GrantKind.PROMO);
    }

    @Test
    void anEntryThatMovesNoCreditsNamesNoGrants() {
        // Given
        book.grant(Book.purchased(10));
        // When
        book.start("s");
        // Then
        assertThat(event().parts()).isEmpty();
    }

    private Entry charged() {
        return book.entries().stream()
                .filter(entry -> entry.subject().priced() != null)
                .findFirst()
                .orElseThrow();
    }

    private AccountEvent event() {
        return book.last().event(Book.ID);
    }

    private GrantPart promo(@Nullable Instant expiresAt, long credits) {
        return new GrantPart("g2", GrantKind.PROMO, 500, opened, expiresAt, Credits.of(credits));
    }

    private Instant in(long seconds) {
        return opened.plusSeconds(seconds);
    }
}
