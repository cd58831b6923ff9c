package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.credits.account.Allocation;
import io.drawdown.credits.account.Allocations;
import io.drawdown.credits.decision.NewGrant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BurnOrderTest {

    private final Book book = Book.with(0);

    @Test
    void theLowerPriorityBurnsFirst() {
        String paid = grant(40, null);
        String promo = grant(10, null);
        assertThat(chargedFrom(15))
                .containsExactly(new Allocation(promo, Credits.of(10)), new Allocation(paid, Credits.of(5)));
    }

    @Test
    void theEarlierExpiryBurnsFirstAtEqualPriorityAndNoExpiryLast() {
        String never = grant(10, null);
        String late = grant(10, book.now.plusSeconds(200));
        String early = grant(10, book.now.plusSeconds(100));
        assertThat(chargedFrom(30))
                .containsExactly(
                        new Allocation(early, Credits.of(10)),
                        new Allocation(late, Credits.of(10)),
                        new Allocation(never, Credits.of(10)));
    }

    @Test
    void theOlderGrantBurnsFirstAtEqualExpiry() {
        String older = grant(10, null);
        String newer = grant(10, null);
        assertThat(chargedFrom(11))
                .containsExactly(new Allocation(older, Credits.of(10)), new Allocation(newer, Credits.of(1)));
    }

    @Test
    void givenCreditsBurnBeforePaidOnesAtEqualExpiry() {
        String paid = grant(GrantKind.PURCHASED, 500, book.now.plusSeconds(100));
        String earned = grant(GrantKind.EARNED, 500, book.now.plusSeconds(100));
        String promo = grant(GrantKind.PROMO, 500, book.now.plusSeconds(100));
        assertThat(chargedFrom(30))
                .containsExactly(
                        new Allocation(earned, Credits.of(10)),
                        new Allocation(promo, Credits.of(10)),
                        new Allocation(paid, Credits.of(10)));
    }

    @Test
    void paidCreditsThatEndBurnBeforeAPromoWithoutEnd() {
        String promo = grant(GrantKind.PROMO, NewGrant.DEFAULT_PRIORITY, null);
        String paid = grant(GrantKind.PURCHASED, NewGrant.DEFAULT_PRIORITY, book.now.plusSeconds(100));
        assertThat(chargedFrom(12))
                .containsExactly(new Allocation(paid, Credits.of(10)), new Allocation(promo, Credits.of(2)));
    }

    @Test
    void creditsThatASessionReservedDoNotExpire() {
        // Given
        String first = grant(10, null);
        book.start("s");
        String second = grant(10, null);
        // When Then
        assertThat(chargedFrom(4)).containsExactly(new Allocation(second, Credits.of(4)));
        assertThat(book.hold("s").parts()).containsExactly(new Allocation(first, Credits.of(10)));
    }

    @Test
    void aSessionIsSettledOutOfItsPartsInBurnOrder() {
        // Given
        String paid = grant(40, null);
        String promo = grant(10, null);
        book.start("s");
        // When
        book.settle("s", 1, 12_000);
        // Then
        assertThat(Allocations.of(book.last().parts()))
                .containsExactly(new Allocation(promo, Credits.of(10)), new Allocation(paid, Credits.of(2)));
    }

    private String grant(int priority, @Nullable Instant expiresAt) {
        return grant(GrantKind.PROMO, priority, expiresAt);
    }

    private String grant(GrantKind kind, int priority, @Nullable Instant expiresAt) {
        book.grant(new NewGrant(kind, Credits.of(10), priority, null, expiresAt));
        return "g" + book.last().seq();
    }

    private List<Allocation> chargedFrom(long credits) {
        return Allocations.of(Book.done(book.charge(credits)).entry().parts());
    }
}
