package io.drawdown.sessions.gateway;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.document.SessionWarning;
import io.drawdown.sessions.testing.GatewayClient;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway's session from its start to its end: what is charged is the price of the greatest total that was stated. */
class GatewaySessionsTest {

    private final World world = new World();
    private final GatewayClient gateway = new GatewayClient(world, "ada", "call-1");

    private GatewayClient started(long credits) {
        world.credits.grant("ada", credits);
        gateway.start();
        assertThat(gateway.reply()).isInstanceOfSatisfying(Reply.Stands.class, stands -> assertThat(stands.isNew())
                .isTrue());
        return gateway;
    }

    private Credits balance() {
        return world.credits.account("ada").balance;
    }

    @Test
    void totalsOfTheGatewayAreChargedOnceAtTheEnd() {
        // Given
        started(100);
        gateway.states(5_000);
        // When
        gateway.ends(7_500);
        // Then
        SessionView view = gateway.view();
        assertThat(view.reason()).isEqualTo(EndReason.USER);
        assertThat(view.usedMillis()).isEqualTo(7_500);
        assertThat(view.billedMillis()).isEqualTo(7_500);
        assertThat(view.unbilledMillis()).isZero();
        assertThat(view.cost()).isEqualTo(Credits.of(8));
        assertThat(balance()).isEqualTo(Credits.of(92));
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(92));
        assertThat(world.broker.lifecycle)
                .extracting(SessionEvent::type)
                .containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.ENDED);
    }

    @Test
    void theAnswerSaysUntilWhenTheFundingLasts() {
        // Given
        started(100);
        // When
        gateway.states(12_000);
        // Then
        SessionView view = gateway.view();
        assertThat(view.fundedMillis()).isEqualTo(60_000);
        assertThat(view.endsAt()).isEqualTo(gateway.reported().heardAt().plusSeconds(48));
        assertThat(view.warnings()).isEmpty();
    }

    @Test
    void smallerAndRepeatedTotalsChangeNothing() {
        // Given
        started(100);
        gateway.states(20_000);
        // When
        gateway.states(9_000).states(20_000).ends(0);
        // Then
        assertThat(gateway.ended().usedMillis()).isEqualTo(20_000);
        assertThat(balance()).isEqualTo(Credits.of(80));
    }

    @Test
    void anyInstanceTakesTheNextCall() {
        // Given
        started(100);
        gateway.states(20_000);
        world.crash();
        world.restart();
        // When
        gateway.states(25_000).ends(26_000);
        // Then
        assertThat(gateway.ended().usedMillis()).isEqualTo(26_000);
        assertThat(gateway.stored().owner().epoch()).isEqualTo(1);
        assertThat(balance()).isEqualTo(Credits.of(74));
    }

    @Test
    void aSessionOutlivesTheInstanceThatStartedIt() {
        // Given
        started(100);
        world.crash();
        world.restart();
        // When
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(gateway.reported().usedMillis()).isZero();
    }

    @Test
    void theSameKeyAgainShowsTheSessionAndAnotherStartUnderItIsRefused() {
        // Given
        started(100);
        gateway.states(5_000);
        // When
        gateway.start();
        // Then
        assertThat(gateway.reply()).isInstanceOfSatisfying(Reply.Stands.class, stands -> assertThat(stands.isNew())
                .isFalse());
        assertThat(gateway.view().usedMillis()).isEqualTo(5_000);
        assertThat(gateway.start("subtitles").reply()).isInstanceOf(Reply.KeyReused.class);
    }

    @Test
    void refusedStartTellsWhatIsMissingAndItsKeyMayBeSentAgain() {
        // Given
        gateway.start();
        assertThat(gateway.reply()).isInstanceOfSatisfying(Reply.NotBegun.class, refused -> {
            assertThat(refused.why().problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
            assertThat(refused.why().required()).isEqualTo(Credits.of(1));
            assertThat(refused.why().remaining()).isEqualTo(Credits.ZERO);
        });
        assertThat(gateway.states(1_000).reply()).isInstanceOf(Reply.Unknown.class);
        // When
        started(10);
        // Then
        assertThat(gateway.states(1_000).view().usedMillis()).isEqualTo(1_000);
    }

    @Test
    void startWithoutAnAnswerIsFinishedByTheSameKey() {
        // Given
        world.credits.grant("ada", 100);
        world.credits.losesAnswers = true;
        assertThat(gateway.start().fault()).isInstanceOf(OutcomeUnknown.class);
        world.credits.losesAnswers = false;
        // When
        gateway.start();
        // Then
        assertThat(gateway.view().fundedMillis()).isEqualTo(60_000);
        assertThat(gateway.ends(1_000).ended().usedMillis()).isEqualTo(1_000);
        assertThat(balance()).isEqualTo(Credits.of(99));
    }

    @Test
    void startWhileCreditsServiceIsAwayHappensNotAndNothingStaysHeld() {
        // Given
        world.credits.grant("ada", 100);
        world.credits.away = true;
        // When
        gateway.start();
        world.credits.away = false;
        world.time.advance(Duration.ofMinutes(2));
        // Then
        assertThat(gateway.fault()).isInstanceOf(Unavailable.class);
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.ABANDONED);
        assertThat(world.credits.account("ada").available()).isEqualTo(Credits.of(100));
    }

    @Test
    void fundingGrowsWithWhatIsUsed() {
        // Given
        started(1_000);
        // When
        gateway.states(30_000);
        // Then
        assertThat(gateway.view().fundedMillis()).isEqualTo(330_000);
        assertThat(world.credits.questions).contains("renew 30000");
    }

    @Test
    void totalsGoIntoTheDocumentWhileCreditsServiceIsAway() {
        // Given
        started(100);
        world.credits.away = true;
        // When
        gateway.states(59_000);
        // Then
        assertThat(gateway.view().usedMillis()).isEqualTo(59_000);
        assertThat(gateway.view().fundedMillis()).isEqualTo(60_000);
        world.credits.away = false;
        gateway.ends(59_500);
        assertThat(gateway.view().billedMillis()).isEqualTo(59_500);
    }

    @Test
    void whatIsStatedBeyondTheFundingIsNotBilledAndTold() {
        // Given
        started(100);
        world.credits.away = true;
        gateway.states(70_000);
        assertThat(gateway.view().warnings()).containsExactly(new SessionWarning(SessionWarning.Type.UNFUNDED, null));
        // When
        gateway.ends(75_000);
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        SessionView view = SessionView.of(gateway.stored());
        assertThat(view.usedMillis()).isEqualTo(75_000);
        assertThat(view.billedMillis()).isEqualTo(60_000);
        assertThat(view.unbilledMillis()).isEqualTo(15_000);
        assertThat(balance()).isEqualTo(Credits.of(40));
        assertThat(world.core().health().unbilledMillis()).isEqualTo(15_000);
    }

    @Test
    void lateTotalsBeyondTheFundingAreBilledIfMoreIsFunded() {
        // Given
        started(200);
        // When
        gateway.ends(75_000);
        // Then
        assertThat(gateway.view().billedMillis()).isEqualTo(75_000);
        assertThat(balance()).isEqualTo(Credits.of(125));
    }

    @Test
    void sessionEndsWhenTheLastCreditIsUsed() {
        // Given
        started(20);
        // When
        gateway.states(20_000);
        // Then
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(gateway.view().billedMillis()).isEqualTo(20_000);
        assertThat(balance()).isEqualTo(Credits.ZERO);
    }

    @Test
    void warningsSayHowLowTheBalanceIsAndThatNothingMoreIsThere() {
        // Given
        started(20);
        // When
        gateway.states(17_000);
        // Then
        assertThat(gateway.view().warnings())
                .containsExactly(
                        new SessionWarning(SessionWarning.Type.BALANCE, 20),
                        new SessionWarning(SessionWarning.Type.ENDING, null));
    }

    @Test
    void aTopUpIsNoticedByTheNextReport() {
        // Given
        started(20);
        gateway.states(17_000);
        world.credits.grant("ada", 100);
        // When
        gateway.states(18_000);
        // Then
        assertThat(gateway.view().warnings()).isEmpty();
        assertThat(gateway.view().fundedMillis()).isGreaterThan(20_000);
    }

    @Test
    void suspensionEndsItAtItsTotal() {
        // Given
        started(100);
        world.credits.suspend("ada");
        world.time.advance(Duration.ofSeconds(5));
        // When
        gateway.states(40_000);
        // Then
        assertThat(gateway.ended().reason()).isEqualTo(EndReason.SUSPENDED);
        assertThat(balance()).isEqualTo(Credits.of(60));
    }

    @Test
    void whatIsStatedAfterTheEndIsRefusedAndTold() {
        // Given
        started(100);
        gateway.ends(10_000);
        // When
        gateway.states(13_000);
        // Then
        SessionView view = gateway.view(13_000);
        assertThat(view.usedMillis()).isEqualTo(10_000);
        assertThat(view.unbilledMillis()).isEqualTo(3_000);
        assertThat(balance()).isEqualTo(Credits.of(90));
        assertThat(world.broker.lifecycle).hasSize(2);
    }

    @Test
    void lostAnswersOfTheStoreDoNotCountTwice() {
        // Given
        started(100);
        world.sessions.answersToLose = 1;
        gateway.states(10_000);
        // When
        world.sessions.answersToLose = 1;
        gateway.ends(12_000);
        // Then
        assertThat(gateway.ended().usedMillis()).isEqualTo(12_000);
        assertThat(balance()).isEqualTo(Credits.of(88));
    }

    @Test
    void othersEndItAtTheTotalThatWasStated() {
        // Given
        started(100);
        gateway.states(10_000);
        // When
        world.core().end(gateway.id(), EndReason.USER, null).subscribe().with(view -> {});
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(gateway.ended().usedMillis()).isEqualTo(10_000);
        assertThat(balance()).isEqualTo(Credits.of(90));
    }

    @Test
    void overdueHoldIsAnsweredWithTheTotalOfTheDocument() {
        // Given
        started(100);
        gateway.states(4_000);
        // When
        world.credits.overdue("ada", gateway.id());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.credits.questions).contains("renew 4000");
        assertThat(gateway.reported().usedMillis()).isEqualTo(4_000);
    }

    @Test
    void overdueHoldLetsNobodyTakeItOver() {
        // Given
        started(1_000);
        gateway.states(4_000);
        // When
        world.credits.overdue("ada", gateway.id());
        gateway.keepsStating(5_000, Duration.ofMinutes(3));
        // Then
        assertThat(gateway.reported().usedMillis()).isEqualTo(5_000);
        assertThat(gateway.stored().owner().epoch()).isEqualTo(1);
    }

    @Test
    void sessionOfASocketIsNotForGateways() {
        // Given
        world.credits.grant("ada", 100);
        world.start("ada", "call-1");
        // When
        gateway.states(5_000);
        // Then
        assertThat(gateway.reply()).isInstanceOf(Reply.OfSocket.class);
        assertThat(gateway.start().reply()).isInstanceOf(Reply.KeyReused.class);
    }

    @Test
    void noneOfManyReportsWaitsToBeStoredUntilCreditsServiceHasAnsweredOthers() {
        // Given
        List<GatewayClient> gateways = IntStream.range(0, 45)
                .mapToObj(i -> {
                    world.credits.grant("account-" + i, 100);
                    return new GatewayClient(world, "account-" + i, "call").start();
                })
                .toList();
        world.credits.latency = Duration.ofHours(1);
        List<GatewaySessions.Addressed> reports = gateways.stream()
                .map(each -> new GatewaySessions.Addressed(each.id(), new Report(Report.Step.GO_ON, 40_000, null)))
                .toList();
        List<GatewaySessions.Answered> answers = new ArrayList<>();
        // When
        world.core().gateways().reportAll(reports).subscribe().with(answers::addAll);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(gateways)
                .allSatisfy(each -> assertThat(each.reported().usedMillis()).isEqualTo(40_000));
        // When
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(answers).hasSize(45).allMatch(answer -> answer.reply() instanceof Reply.Stands);
    }

    @Test
    void aPauseThatArrivesAfterALaterTotalIsOver() {
        // Given
        started(100);
        gateway.pauses(2_000).resumes(2_000).states(3_000);
        // When
        gateway.pauses(2_000);
        // Then
        assertThat(gateway.stored().isPaused()).isFalse();
        // When: and so is the end of one
        gateway.pauses(4_000).resumes(3_000);
        // Then
        assertThat(gateway.stored().isPaused()).isTrue();
    }
}
