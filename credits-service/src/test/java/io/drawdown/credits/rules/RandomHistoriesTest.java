package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.GrantKind;
import io.drawdown.credits.account.Account;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.NewGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Thousands of commands in any order: what must always hold holds after each (see {@link Book#tell}). */
class RandomHistoriesTest {

    private static final int STEPS = 2_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void theDocumentIsWhatItsEntriesSayAndNoCreditIsLost(long seed) {
        // Given
        Random random = new Random(seed);
        Book book = Book.with(50);
        book.limits =
                new AccountLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(300), 6, 5, 24);
        // When
        for (int step = 0; step < STEPS; step++) {
            step(book, random);
            assertSound(book);
        }
        // Then
        Replay replay = book.replay();
        assertThat(replay.problems()).isEmpty();
        assertThat(book.account().balancesAt(book.now).posted().micros()
                        + replay.turnover().spentMicros()
                        + replay.turnover().expiredMicros())
                .isEqualTo(replay.turnover().issuedMicros());
        assertThat(replay.turnover().spentMicros()).isGreaterThan(100_000_000);
        assertThat(replay.turnover().expiredMicros()).isGreaterThan(10_000_000);
    }

    private static void step(Book book, Random random) {
        String session = "s" + random.nextInt(40);
        long epoch = 1L + random.nextInt(3);
        long used = book.account().hold(session).map(Hold::usedMillis).orElse(0L) + random.nextInt(-500, 9_000);
        switch (random.nextInt(14)) {
            case 0 -> book.grant(grant(book, random));
            case 1, 2 -> book.charge(random.nextInt(1, 12));
            case 3, 4 -> book.begin(session);
            case 5, 6, 7 -> book.settle(session, epoch, used);
            case 8 -> book.release(session, epoch, used);
            case 9 -> book.takeover(session, epoch, 1 + random.nextInt(3), used);
            case 10 -> book.tick();
            case 11 -> book.drain();
            case 12 -> book.pass(Duration.ofMillis(random.nextInt(-2_000, 60_000)));
            case 13 -> suspendOrReinstate(book, random);
            default -> throw new IllegalStateException("no such step");
        }
    }

    private static void suspendOrReinstate(Book book, Random random) {
        boolean isRare = random.nextInt(6) == 0;
        book.tell(isRare ? new Command.Suspend(Book.ID, "test") : new Command.Reinstate(Book.ID));
    }

    private static NewGrant grant(Book book, Random random) {
        Instant from = random.nextInt(4) == 0 ? book.now.plusSeconds(random.nextInt(60)) : book.now;
        @Nullable Instant to = random.nextBoolean() ? from.plusSeconds(1 + random.nextInt(300)) : null;
        GrantKind kind = List.of(GrantKind.values()).get(random.nextInt(GrantKind.values().length));
        return new NewGrant(kind, Credits.ofMicros(1 + random.nextLong(60_000_000)), 10 * random.nextInt(3), from, to);
    }

    private static void assertSound(Book book) {
        Account account = book.account();
        assertThat(book.view().available().isNegative()).isFalse();
        assertThat(account.outbox().entries().size()).isLessThanOrEqualTo(24 * AccountLimits.HARD);
        for (Hold hold : account.holds()) {
            assertThat(hold.charged()).isEqualTo(hold.rate().priceOf(hold.usedMillis()));
            assertThat(hold.reserved())
                    .isEqualTo(hold.rate().priceOf(hold.fundedMillis()).minus(hold.charged()));
            assertThat(hold.usedMillis()).isLessThanOrEqualTo(hold.fundedMillis());
        }
    }
}
