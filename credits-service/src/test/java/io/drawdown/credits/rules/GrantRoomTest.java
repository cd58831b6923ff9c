package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Grant;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** An account at the bound of its grants: nothing lives longer than it was given for, and no payment is refused. */
class GrantRoomTest {

    private static final int BOUND = AccountLimits.DEFAULT.grants();

    private final Book book = Book.with(0);

    @Test
    void fiveHundredAndTwelveGrantsStandEachAsTheirOwn() {
        // When
        fill(GrantKind.PROMO, 512);
        // Then
        assertThat(book.account().grants()).hasSize(512);
    }

    @Test
    void beyondTheBoundAPromoThatIsLikeNoOtherIsRefused() {
        // Given
        fill(GrantKind.PROMO, BOUND);
        Account before = book.account();
        // When
        Reply<Posted> reply = book.grant(grant(GrantKind.PROMO, null, null));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.TOO_MANY_GRANTS);
        assertThat(book.account()).isEqualTo(before);
    }

    @Test
    void beyondTheBoundAPromoJoinsOneOfEqualTerms() {
        // Given
        fill(GrantKind.PROMO, BOUND);
        Grant first = book.account().grants().getFirst();
        // When
        Reply<Posted> reply = book.grant(
                new NewGrant(first.kind(), Credits.of(5), first.priority(), first.effectiveAt(), first.expiresAt()));
        // Then
        assertThat(Book.done(reply).entry().amount()).isEqualTo(Credits.of(5));
        assertThat(book.account().grants()).hasSize(BOUND);
        assertThat(book.account().grants().getFirst())
                .isEqualTo(new Grant(
                        first.id(),
                        first.kind(),
                        first.priority(),
                        first.effectiveAt(),
                        first.expiresAt(),
                        Credits.of(6),
                        Credits.of(6)));
    }

    @Test
    void beyondTheBoundNothingJoinsAGrantThatLivesLonger() {
        // Given: one promo without end among those that end
        book.grant(grant(GrantKind.PROMO, null, null));
        fill(GrantKind.PROMO, BOUND - 1);
        // When
        Reply<Posted> reply = book.grant(grant(GrantKind.PROMO, null, in(86_400)));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.TOO_MANY_GRANTS);
    }

    @Test
    void givenCreditsDoNotKeepOutPaymentsWhateverTheirTerms() {
        // Given
        fill(GrantKind.PROMO, BOUND);
        // When Then
        for (int i = 0; i < 40; i++) {
            assertThat(book.grant(grant(GrantKind.PURCHASED, null, in(1_000 + i))))
                    .isInstanceOf(Reply.Done.class);
            assertThat(book.last().grant()).extracting(Grant::expiresAt).isEqualTo(in(1_000 + i));
        }
    }

    @Test
    void scheduledGrantsDoNotKeepOutPaymentsEither() {
        // Given
        for (int i = 0; i < 1_024; i++) {
            book.grant(grant(GrantKind.PURCHASED, in(86_400 + i), null));
        }
        // When
        Reply<Posted> reply = book.grant(Book.purchased(90));
        // Then
        assertThat(reply).isInstanceOf(Reply.Done.class);
        assertThat(book.view().available()).isEqualTo(Credits.of(90));
    }

    @Test
    void paymentsWithoutEndShareAGrant() {
        // Given
        fill(GrantKind.PURCHASED, BOUND);
        // When
        for (int i = 0; i < 200; i++) {
            book.pass(Duration.ofMillis(3));
            assertThat(book.grant(Book.purchased(2))).isInstanceOf(Reply.Done.class);
        }
        // Then
        assertThat(book.account().grants()).hasSize(BOUND + 1);
        assertThat(book.account().grants().getLast().remaining()).isEqualTo(Credits.of(400));
    }

    @Test
    void paymentsOfAYearStayFewAndLoseLessThanAHundredthOfTheirLife() {
        // Given
        fill(GrantKind.PURCHASED, BOUND);
        Random random = new Random(1);
        // When Then
        for (int i = 0; i < 3_000; i++) {
            book.drain();
            book.pass(Duration.ofMillis(random.nextInt(1, 100_000)));
            Instant asked = book.now.plus(Duration.ofDays(365)).plusMillis(random.nextInt(86_400_000));
            assertThat(book.grant(grant(GrantKind.PURCHASED, null, asked))).isInstanceOf(Reply.Done.class);
            assertThat(life(book.last().grant())).isBetween(Duration.ofDays(362), Duration.between(book.now, asked));
        }
        assertThat(book.account().grants().size()).isLessThan(BOUND + 20);
    }

    @Test
    void paidCreditsLiveWithinTheTimeThatWasAskedFor() {
        // Given
        fill(GrantKind.PURCHASED, BOUND);
        Random random = new Random(2);
        // When Then
        for (int i = 0; i < 2_000; i++) {
            book.drain();
            book.pass(Duration.ofMillis(random.nextInt(1, 5_000)));
            NewGrant asked = anyPayment(random);
            assertThat(book.grant(asked)).isInstanceOf(Reply.Done.class);
            assertWithin(asked, lastGrant());
        }
        assertThat(book.account().grants().size()).isLessThan(4_000);
    }

    @Test
    void allCreditsThatAGrantEverHeldStayAnAmount() {
        // Given: payments that are spent at once and join one grant again and again
        fill(GrantKind.PURCHASED, BOUND);
        long much = Credits.MAX_MICROS / 1_000_000 / 2;
        // When Then
        for (int i = 0; i < 6; i++) {
            assertThat(book.grant(Book.purchased(much))).isInstanceOf(Reply.Done.class);
            assertThat(book.charge(much)).isInstanceOf(Reply.Done.class);
            assertThat(book.grant(Book.purchased(3))).isInstanceOf(Reply.Done.class);
        }
    }

    private NewGrant anyPayment(Random random) {
        long wait = random.nextBoolean() ? 0 : random.nextLong(100_000_000);
        Instant from = wait == 0 ? null : book.now.plusMillis(wait);
        boolean isEndless = random.nextInt(4) == 0;
        Instant to = isEndless ? null : book.now.plusMillis(wait + 1 + (long) Math.pow(10, 1 + random.nextInt(10)));
        return new NewGrant(GrantKind.PURCHASED, Credits.of(1), 500, from, to);
    }

    private void assertWithin(NewGrant asked, Grant grant) {
        Instant askedFrom = asked.effectiveAt() == null ? book.now : asked.effectiveAt();
        Instant usableFrom = grant.effectiveAt().isBefore(book.now) ? book.now : grant.effectiveAt();
        assertThat(usableFrom).isAfterOrEqualTo(askedFrom);
        if (asked.expiresAt() != null) {
            assertThat(grant.expiresAt()).isNotNull().isBeforeOrEqualTo(asked.expiresAt());
            assertThat(grant.expiresAt()).isAfter(usableFrom);
            long whole = Duration.between(askedFrom, asked.expiresAt()).toMillis();
            long left = Duration.between(usableFrom, grant.expiresAt()).toMillis();
            assertThat(whole - left).isLessThanOrEqualTo(whole * 2 / 100);
        }
    }

    private Grant lastGrant() {
        List<Entry> granted = new ArrayList<>(book.entries());
        granted.removeIf(entry -> entry.keyHash() == null);
        return requireNonNull(granted.getLast().grant());
    }

    private Duration life(@Nullable Grant grant) {
        return Duration.between(book.now, requireNonNull(requireNonNull(grant).expiresAt()));
    }

    /** So many grants of one credit that differ in their expiry. */
    private void fill(GrantKind kind, int count) {
        for (int i = 0; i < count; i++) {
            book.grant(grant(kind, null, in(10L * 365 * 86_400 + i)));
            book.drain();
        }
    }

    private static NewGrant grant(GrantKind kind, @Nullable Instant from, @Nullable Instant to) {
        return new NewGrant(kind, Credits.of(1), 500, from, to);
    }

    private Instant in(long seconds) {
        return book.now.plusSeconds(seconds);
    }
}
