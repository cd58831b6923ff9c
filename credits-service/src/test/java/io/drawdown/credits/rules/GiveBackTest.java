package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Refusal;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GiveBackTest {

    private static final Turn FIRST = new Turn(true, false, false);
    private static final Turn AGAIN = new Turn(true, true, false);

    private final Book book = Book.with(100);

    @Test
    void whatIsGivenBackIsAvailableAndTheRowTellsTheCut() {
        // Given
        book.start("s");
        // When
        Funding.Answer answer = book.giveBack("s", 1, 1, 2_000, 3_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(book.last().type()).isEqualTo(EntryType.SETTLED);
        assertThat(book.last().hold()).isEqualTo(book.hold("s"));
        assertThat(book.hold("s").cut()).isEqualTo(1);
        assertThat(book.hold("s").fundedMillis()).isEqualTo(3_000);
        assertThat(book.hold("s").reserved()).isEqualTo(Credits.of(1));
        assertThat(book.view().available()).isEqualTo(Credits.of(97));
    }

    @Test
    void theSameRequestAgainChangesNothingEvenAfterARefill() {
        // Given
        book.start("s");
        book.giveBack("s", 1, 1, 2_000, 3_000);
        book.settle("s", 1, 2_500);
        long refilled = book.hold("s").fundedMillis();
        int before = book.entries().size();
        // When
        Funding.Answer answer = book.giveBack("s", 1, 1, 2_000, 3_000);
        // Then
        assertThat(answer.hold()).isEqualTo(book.hold("s").view());
        assertThat(book.hold("s").fundedMillis()).isEqualTo(refilled).isGreaterThan(3_000);
        assertThat(book.entries()).hasSize(before);
    }

    @Test
    void aReportThatSaysNothingNewFundsNothingWhereAllWasGivenBack() {
        // Given
        book.start("s");
        book.giveBack("s", 1, 1, 10_500, 10_500);
        // When
        book.settle("s", 1, 10_500);
        book.settle("s", 1, 10_000);
        // Then
        assertThat(book.view().available()).isEqualTo(Credits.of(89));
        // When: its owner asks
        book.renew("s", 1, 10_500);
        // Then
        assertThat(book.hold("s").fundedMillis()).isGreaterThan(11_000);
    }

    @Test
    void onlyTheNextCutOfTheOwnEpochHasAnEffect() {
        // Given
        book.start("s");
        book.takeover("s", 2, 1, 0);
        int before = book.entries().size();
        // When Then
        assertThat(book.giveBack("s", 1, 1, 2_000, 3_000).outcome()).isEqualTo(Outcome.STALE);
        assertThat(book.giveBack("s", 3, 1, 2_000, 3_000).outcome()).isEqualTo(Outcome.STALE);
        assertThat(book.giveBack("s", 2, 2, 2_000, 3_000).hold())
                .isEqualTo(book.hold("s").view());
        assertThat(book.giveBack("nobody", 1, 1, 0, 1_000).outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.entries()).hasSize(before);
    }

    @Test
    void nothingBelowWhatIsUsedAndNothingBeyondWhatIsFundedIsLeft() {
        // Given
        book.start("s");
        // When
        book.giveBack("s", 1, 1, 10_500, 10_500);
        // Then
        assertThat(book.hold("s").fundedMillis()).isEqualTo(11_000);
        // When
        book.giveBack("s", 1, 2, 10_500, 90_000);
        // Then
        assertThat(book.hold("s").fundedMillis()).isEqualTo(11_000);
        assertThat(book.hold("s").cut()).isEqualTo(2);
    }

    @Test
    void aPartOfAnExpiredGrantThatComesBackExpires() {
        // Given
        Book promo = Book.with(0);
        promo.grant(new NewGrant(GrantKind.PROMO, Credits.of(60), 1, null, promo.now.plusSeconds(10)));
        promo.start("s");
        promo.pass(Duration.ofSeconds(20));
        // When
        promo.giveBack("s", 1, 1, 20_000, 21_000);
        // Then
        assertThat(promo.last().type()).isEqualTo(EntryType.EXPIRED);
        assertThat(promo.last().amount()).isEqualTo(Credits.of(-39));
    }

    @Test
    void aChargeThatHeldCreditsWouldCoverAsksAndWaits() {
        // Given
        book.start("s");
        int before = book.entries().size();
        // When
        Optional<Reply<Posted>> first = book.tell(charge(90, "k"), FIRST);
        Optional<Reply<Posted>> another = book.tell(charge(50, "l"), FIRST);
        // Then
        assertThat(first).isEmpty();
        assertThat(another).isEmpty();
        assertThat(book.typesAfter(before)).containsExactly(EntryType.GIVE_BACK_ASKED);
        // When
        book.giveBack("s", 1, 1, 2_000, 3_000);
        // Then
        assertThat(book.tell(charge(90, "k"), AGAIN)).get().isInstanceOf(Reply.Done.class);
    }

    @Test
    void aChargeThatNothingCoversIsRefusedAtOnce() {
        // Given
        book.start("s");
        int before = book.entries().size();
        // When
        Refusal refusal = Book.refused(book.tell(charge(100, "k"), FIRST).orElseThrow());
        // Then
        assertThat(refusal.problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(book.entries()).hasSize(before);
    }

    @Test
    void anOwnerThatIsSilentIsNeitherWaitedForNorAskedAgainForTenSeconds() {
        // Given
        book.start("s");
        book.tell(charge(90, "k"), FIRST);
        book.pass(Duration.ofSeconds(1));
        int before = book.entries().size();
        // When Then
        assertThat(book.tell(charge(90, "k"), FIRST)).get().isInstanceOf(Reply.Refused.class);
        assertThat(book.entries()).hasSize(before);
        // When
        book.pass(Duration.ofSeconds(9));
        // Then
        assertThat(book.tell(charge(90, "k"), FIRST)).isEmpty();
        assertThat(book.typesAfter(before)).containsExactly(EntryType.GIVE_BACK_ASKED);
    }

    @Test
    void anAccountIsAskedAtMostOnceASecond() {
        // Given
        book.start("s");
        book.tell(charge(90, "k"), FIRST);
        book.giveBack("s", 1, 1, 0, 1_000);
        book.pass(Duration.ofMillis(500));
        book.takeover("s", 2, 1, 0);
        int before = book.entries().size();
        // When Then
        assertThat(book.tell(charge(90, "k"), AGAIN)).isEmpty();
        assertThat(book.entries()).hasSize(before);
        // When
        book.pass(Duration.ofMillis(500));
        // Then
        assertThat(book.tell(charge(90, "k"), AGAIN)).isEmpty();
        assertThat(book.typesAfter(before)).containsExactly(EntryType.GIVE_BACK_ASKED);
    }

    @Test
    void reportsDoNotRefillWhileSomebodyWaits() {
        // Given
        book.start("s");
        book.tell(charge(90, "k"), FIRST);
        book.giveBack("s", 1, 1, 2_000, 3_000);
        // When
        book.settle("s", 1, 2_500);
        // Then
        assertThat(book.hold("s").fundedMillis()).isEqualTo(3_000);
        // When
        book.pass(Duration.ofSeconds(1));
        book.settle("s", 1, 2_600);
        // Then
        assertThat(book.hold("s").fundedMillis()).isGreaterThan(3_000);
    }

    @Test
    void aSessionThatIsExhaustedAsksTheOthersFirst() {
        // Given
        book.start("s");
        book.start("t");
        Command.Settle renewal = new Command.Settle(Book.ID, "t", 1, 40_000, true);
        // When
        Optional<Reply<Funding.Answer>> first = book.tell(renewal, FIRST);
        // Then
        assertThat(first).isEmpty();
        assertThat(book.last().type()).isEqualTo(EntryType.GIVE_BACK_ASKED);
        assertThat(book.last().hold()).isEqualTo(book.hold("t"));
        // When
        book.giveBack("s", 1, 1, 40_000, 41_000);
        Funding.Answer answer = Book.done(book.tell(renewal, AGAIN).orElseThrow());
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(book.hold("t").fundedMillis()).isGreaterThan(40_000);
    }

    @Test
    void aSecondSessionStartsOnWhatTheFirstGivesBack() {
        // Given
        Book small = Book.with(60);
        small.start("s");
        Command.StartHold start =
                new Command.StartHold(Book.ID, "t", Book.ONE_PER_SECOND, new Key("t:start", "live_dubbing"));
        // When
        Optional<Reply<Funding.Answer>> first = small.tell(start, FIRST);
        small.giveBack("s", 1, 1, 1_000, 2_000);
        Funding.Answer second = Book.done(small.tell(start, AGAIN).orElseThrow());
        // Then
        assertThat(first).isEmpty();
        assertThat(second.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(small.hold("t").fundedMillis()).isEqualTo(58_000);
    }

    private static Command.Charge charge(long credits, String key) {
        return new Command.Charge(Book.ID, new Priced("ai_search", credits, Credits.of(1)), new Key(key, "request"));
    }

    @Test
    void theReplayRefusesFundedTimeThatFallsWithoutACut() {
        // Given
        book.start("s");
        book.giveBack("s", 1, 1, 2_000, 3_000);
        Replay replay = new Replay();
        List.copyOf(book.entries()).forEach(entry -> replay.apply(uncut(entry)));
        // Then
        assertThat(replay.problems()).anyMatch(problem -> problem.contains("lowers what is funded without a cut"));
    }

    private static Entry uncut(Entry entry) {
        Hold hold = entry.hold();
        if (hold == null) {
            return entry;
        }
        Hold without = new Hold(
                hold.id(),
                hold.epoch(),
                hold.parts(),
                hold.rate(),
                hold.usedMillis(),
                hold.fundedMillis(),
                hold.charged(),
                hold.overdueAt(),
                0L);
        Entry.Subject subject = entry.subject();
        return new Entry(
                entry.seq(),
                entry.type(),
                entry.at(),
                entry.movement(),
                entry.view(),
                new Entry.Subject(
                        subject.grant(), without, subject.priced(), subject.used(), subject.thresholdPercent(), null),
                entry.origin(),
                entry.effectiveAt());
    }
}
