package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.credits.account.Hold;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.KindBounds;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.decision.SessionKeys;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HoldsTest {

    private static final KindBounds ONE = new KindBounds(1, Set.of());

    @ParameterizedTest(name = "{0} credits at {1} per {2} ms: {3} ms")
    @CsvSource({
        "90, 1, 1000, 60000", // the first slice
        "30, 1, 1000, 30000", // all there is
        "90, 0.4, 1000, 60000",
        "10, 0.8, 1000, 12000", // 12.5 s: whole increments only
        "90, 1, 7000, 63000", // the first slice in whole increments
        "1, 1, 90000, 90000", // one increment is the least
    })
    void theFirstSliceIsWhatThereIsUpToSixtySeconds(
            long credits, BigDecimal price, long incrementMillis, long fundedMillis) {
        // Given
        Book book = Book.with(credits);
        Rate rate = new Rate("k", Credits.of(price), incrementMillis);
        // When
        Reply<Funding.Answer> reply =
                book.tell(new Command.StartHold(Book.ID, "s", rate, new Key(SessionKeys.start(Book.ID, "s"), "k")));
        // Then
        Funding.Answer answer = Book.done(reply);
        assertThat(answer.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(book.hold("s").fundedMillis()).isEqualTo(fundedMillis);
        assertThat(book.hold("s").reserved()).isEqualTo(rate.priceOf(fundedMillis));
        assertThat(answer.hold()).isEqualTo(book.hold("s").view());
    }

    @Test
    void anAccountHasSoManySessionsOfOneKind() {
        // Given
        Book book = Book.with(900);
        Rate subtitles = new Rate("smart_subs", Credits.of(1), 1_000);
        Rate dubbing = new Rate("live_dubbing", Credits.of(1), 1_000);
        book.tell(new Command.StartHold(Book.ID, "a", dubbing, ONE, new Key("a:start", "live_dubbing")));
        // When
        Reply<Funding.Answer> second =
                book.tell(new Command.StartHold(Book.ID, "b", dubbing, ONE, new Key("b:start", "live_dubbing")));
        Reply<Funding.Answer> other =
                book.tell(new Command.StartHold(Book.ID, "c", subtitles, ONE, new Key("c:start", "smart_subs")));
        // Then
        assertThat(second).isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(
                        refused.refusal().problem())
                .isEqualTo(ProblemType.TOO_MANY_SESSIONS));
        assertThat(Book.done(other).outcome()).isEqualTo(Outcome.FUNDED);
    }

    @Test
    void anAccountStartsWhatItsPlanIncludesAndKeepsWhatRuns() {
        // Given
        Book book = Book.with(900);
        Rate dubbing = new Rate("live_dubbing", Credits.of(1), 1_000);
        KindBounds inPro = new KindBounds(9, Set.of("pro"));
        book.tell(new Command.StartHold(Book.ID, "before", dubbing, inPro, new Key("before:start", "live_dubbing")));
        // When
        book.tell(new Command.ChangePlan(Book.ID, "basic"));
        Reply<Funding.Answer> inBasic =
                book.tell(new Command.StartHold(Book.ID, "a", dubbing, inPro, new Key("a:start", "live_dubbing")));
        Reply<Funding.Answer> again = book.tell(
                new Command.StartHold(Book.ID, "before", dubbing, inPro, new Key("before:start", "live_dubbing")));
        Funding.Answer refilled = book.settle("before", 1, 50_000);
        book.tell(new Command.ChangePlan(Book.ID, "pro"));
        Reply<Funding.Answer> allowed =
                book.tell(new Command.StartHold(Book.ID, "a", dubbing, inPro, new Key("a:start", "live_dubbing")));
        // Then
        assertThat(Book.refused(inBasic).problem()).isEqualTo(ProblemType.KIND_NOT_IN_PLAN);
        assertThat(Book.done(again).outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(refilled.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(Book.done(allowed).outcome()).isEqualTo(Outcome.FUNDED);
    }

    @Test
    void aHoldLowersWhatIsAvailableButNotTheBalance() {
        // Given
        Book book = Book.with(90);
        // When
        Funding.Answer answer = book.start("s");
        // Then
        assertThat(book.last().type()).isEqualTo(EntryType.HELD);
        assertThat(answer.account()).isEqualTo(book.view());
        assertThat(book.view().balance()).isEqualTo(Credits.of(90));
        assertThat(book.view().held()).isEqualTo(Credits.of(60));
        assertThat(book.view().available()).isEqualTo(Credits.of(30));
        assertThat(book.view().burnPerSecond()).isEqualTo(Credits.of(1));
    }

    @Test
    void aStartIsRefusedBelowOneIncrement() {
        // Given
        Book book = Book.with(1);
        Rate rate = new Rate("k", Credits.of(2), 1_000);
        // When
        Reply<Funding.Answer> reply =
                book.tell(new Command.StartHold(Book.ID, "s", rate, new Key(SessionKeys.start(Book.ID, "s"), "k")));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(Book.refused(reply).required()).isEqualTo(Credits.of(2));
        assertThat(Book.refused(reply).account()).isEqualTo(book.view());
    }

    @Test
    void aRepeatedStartAnswersTheHoldAsItIs() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.settle("s", 1, 10_000);
        int before = book.entries().size();
        // When
        Funding.Answer again = book.start("s");
        // Then
        assertThat(again.outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(again.hold()).isEqualTo(book.hold("s").view());
        assertThat(book.entries()).hasSize(before);
    }

    @Test
    void aStartOfAnotherKindDoesNotFindTheHold() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        Rate rate = new Rate("smart_subs", Credits.of(2), 1_000);
        // When
        Reply<Funding.Answer> reply =
                book.tell(new Command.StartHold(Book.ID, "s", rate, new Key("s:start", "smart_subs")));
        // Then
        assertThat(Book.refused(reply).problem()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void theSecondOfTwoSessionsIsFundedFromWhatTheFirstLeft() {
        // Given
        Book book = Book.with(90);
        // When
        book.start("a");
        book.start("b");
        Reply<Funding.Answer> third = book.begin("c");
        // Then
        assertThat(book.hold("a").fundedMillis()).isEqualTo(60_000);
        assertThat(book.hold("b").fundedMillis()).isEqualTo(30_000);
        assertThat(Book.refused(third).problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
    }

    @Test
    void aReleaseSettlesToTheFinalTotalAndGivesBackTheRest() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        // When
        book.release("s", 1, 12_500);
        // Then
        assertThat(book.typesAfter(3)).containsExactly(EntryType.SETTLED, EntryType.RELEASED);
        assertThat(book.view().balance()).isEqualTo(Credits.of(77));
        assertThat(book.view().available()).isEqualTo(Credits.of(77));
        assertThat(book.last().hold()).isNotNull().extracting(Hold::usedMillis).isEqualTo(12_500L);
        assertThat(book.account().holds()).isEmpty();
    }

    @Test
    void aTotalOfAnEndedSessionIsAnsweredEnded() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.release("s", 1, 10_000);
        // When Then
        assertThat(book.settle("s", 1, 20_000).outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.takeover("s", 2, 1, 20_000).outcome()).isEqualTo(Outcome.NO_HOLD);
        assertThat(book.view().balance()).isEqualTo(Credits.of(80));
    }

    @Test
    void aHoldNeverEndsByTheClockButIsRaisedAgainAndAgain() {
        // Given
        Book book = Book.with(90);
        book.start("s");
        book.pass(Duration.ofSeconds(119));
        book.tick();
        assertThat(book.types()).doesNotContain(EntryType.OVERDUE);
        // When
        for (int i = 0; i < 3; i++) {
            book.pass(Duration.ofSeconds(30));
            book.tick();
            book.tick();
        }
        // Then
        assertThat(book.types()).filteredOn(EntryType.OVERDUE::equals).hasSize(3);
        assertThat(book.hold("s").fundedMillis()).isEqualTo(60_000);
    }

    @Test
    void anOverdueHoldOfWhichSomethingIsHeardIsAwaitedAgain() {
        // Given
        Book book = Book.with(60);
        book.start("s");
        book.pass(Duration.ofMinutes(2));
        book.tick();
        // When
        book.pass(Duration.ofSeconds(30));
        book.settle("s", 1, 0);
        // Then
        assertThat(book.hold("s").overdueAt()).isEqualTo(book.now.plusSeconds(120));
        assertThat(book.last().amount()).isEqualTo(Credits.ZERO);
    }
}
