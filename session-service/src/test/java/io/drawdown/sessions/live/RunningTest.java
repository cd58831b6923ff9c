package io.drawdown.sessions.live;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A session while it runs: funded in time, warned, stopped exactly. */
class RunningTest {

    private final World world = new World();

    @Test
    void twentyNineCreditsLastExactly29Seconds() {
        // Given
        world.credits.grant("ada", 29);
        RecordingSocket ada = world.start("ada", "k");
        long begunMillis = Duration.ofNanos(world.time.nanos()).toMillis();
        // When
        world.time.advance(Duration.ofSeconds(40));
        // Then
        Frame.Ended ended = ada.last(Frame.Ended.class);
        assertThat(ended.usedMillis()).isEqualTo(29_000);
        assertThat(ended.reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(ended.balance()).isEqualTo(Credits.ZERO);
        assertThat(ada.closeCode).isEqualTo(4003);
        assertThat(ada.closedMillis - begunMillis).isBetween(28_980L, 29_050L);
        assertThat(world.credits.account("ada").balance).isEqualTo(Credits.ZERO);
        assertThat(ada.frames.getFirst()).isInstanceOf(Frame.Started.class);
    }

    @Test
    void asksForMoreTwoSecondsBeforeTheLimit() {
        // Given
        world.credits.grant("ada", 1_000);
        world.start("ada", "k");
        world.credits.questions.clear();
        // When
        world.time.advance(Duration.ofMillis(58_100));
        // Then
        assertThat(world.credits.questions).containsExactly("renew 58000");
    }

    @Test
    void aFundedSessionNeverStopsForALimit() {
        // Given
        world.credits.grant("ada", 1_000);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.time.advance(Duration.ofMinutes(15));
        // Then
        assertThat(world.core()
                        .read(world.id(ada))
                        .await()
                        .indefinitely()
                        .orElseThrow()
                        .usedMillis())
                .isBetween(899_900L, 900_020L);
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
    }

    @Test
    void warnsOncePerLevel() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.time.advance(Duration.ofMinutes(2));
        // Then
        List<Frame.Warning> warnings = ada.all(Frame.Warning.class);
        assertThat(warnings).extracting(Frame.Warning::levelPercent).containsExactly(20, 10, 5);
        assertThat(warnings)
                .extracting(Frame.Warning::balance)
                .containsExactly(Credits.of(20), Credits.of(10), Credits.of(5));
    }

    @Test
    void announcesTheEndOnceAndThenEnds() {
        // Given
        world.credits.grant("ada", 29);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.time.advance(Duration.ofSeconds(40));
        // Then
        assertThat(ada.all(Frame.Ending.class)).hasSize(1);
        assertThat(ada.last(Frame.Ending.class).fundedMillis()).isEqualTo(29_000);
    }

    @Test
    void aTopUpWhileEndingExtends() {
        // Given
        world.credits.grant("ada", 30);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofMillis(28_500));
        // When
        world.credits.grant("ada", 15);
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(ada.all(Frame.Extended.class)).isNotEmpty();
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isEqualTo(45_000);
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.EXHAUSTED);
    }

    @Test
    void aTopUpInFlightWhileTheLastSliceEndsKeepsTheSession() {
        // Given
        world.credits.grant("ada", 10);
        RecordingSocket ada = world.start("ada", "k");
        world.credits.latency = Duration.ofMillis(400);
        // When: the grant lands after the limit was reached, before the question about it is answered
        world.time.advance(Duration.ofMillis(10_200));
        world.credits.grant("ada", 5);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
        world.time.advance(Duration.ofSeconds(20));
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isEqualTo(15_000);
    }

    /** Of 20 credits some stay available after the refill; 5 are all reserved by it when the answer comes. */
    @ParameterizedTest
    @ValueSource(ints = {20, 5})
    void aLateExhaustedIsIgnoredOnceMoreIsFunded(int topUp) {
        // Given: the answer "exhausted" was decided, then a top-up was, whose event overtakes the answer
        world.credits.grant("ada", 10);
        RecordingSocket ada = world.start("ada", "k");
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(9));
        world.credits.answerDelay = Duration.ofMillis(300);
        world.time.advance(Duration.ofMillis(1_050));
        // When
        world.credits.grant("ada", topUp);
        world.credits.checkpoint("ada", id, 1, 10_000);
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.credits.answers).extracting(a -> a.outcome().name()).contains("EXHAUSTED");
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
        world.time.advance(Duration.ofSeconds(30));
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isEqualTo((10 + topUp) * 1_000L);
    }

    @Test
    void twoSessionsShareToTheLastCredit() {
        // Given
        world.credits.grant("ada", 90);
        RecordingSocket a = world.start("ada", "a");
        RecordingSocket b = world.start("ada", "b");
        assertThat(a.last(Frame.Started.class).session().fundedMillis()).isEqualTo(60_000);
        assertThat(b.last(Frame.Started.class).session().fundedMillis()).isEqualTo(30_000);
        // When
        world.time.advance(Duration.ofSeconds(100));
        // Then
        long used = a.last(Frame.Ended.class).usedMillis()
                + b.last(Frame.Ended.class).usedMillis();
        assertThat(used).isEqualTo(90_000);
        assertThat(world.credits.account("ada").balance).isEqualTo(Credits.ZERO);
    }

    @Test
    void aSiblingsReleaseFundsTheOther() {
        // Given
        world.credits.grant("ada", 70);
        RecordingSocket a = world.start("ada", "a");
        RecordingSocket b = world.start("ada", "b");
        world.time.advance(Duration.ofSeconds(9));
        assertThat(b.all(Frame.Ending.class)).hasSize(1);
        // When
        a.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(90));
        // Then
        assertThat(a.last(Frame.Ended.class).usedMillis()).isBetween(9_000L, 9_100L);
        assertThat(b.all(Frame.Extended.class)).isNotEmpty();
        assertThat(b.last(Frame.Ended.class).usedMillis()).isEqualTo(60_000);
    }

    @Test
    void aCheckpointExtendsWithoutAnyQuestion() {
        // Given
        world.credits.grant("ada", 1_000);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(30));
        world.credits.questions.clear();
        // When
        world.credits.checkpoint("ada", world.id(ada), 1, 29_000);
        world.time.advance(Duration.ofSeconds(100));
        // Then
        assertThat(world.credits.questions).isEmpty();
        assertThat(ada.last(Frame.Balance.class).fundedMillis()).isGreaterThan(200_000);
    }

    @Test
    void aGreaterEpochMeansAnotherOwner() {
        // Given
        world.credits.grant("ada", 1_000);
        RecordingSocket ada = world.start("ada", "k");
        String id = world.id(ada);
        // When
        world.credits
                .takeover(id, new Funding.Takeover("ada", 2, 1, 0))
                .subscribe()
                .with(answer -> {});
        world.time.advance(Duration.ofSeconds(59));
        // Then
        assertThat(ada.closeCode).isEqualTo(4009);
        assertThat(ada.frames.getLast()).isEqualTo(new Frame.Replaced());
        assertThat(world.broker.ended(id)).isEmpty();
    }

    @Test
    void onlyTheAnswerSuspendedEndsASuspendedSession() {
        // Given
        world.credits.grant("ada", 1_000);
        RecordingSocket ada = world.start("ada", "k");
        world.credits.eventDelay = Duration.ofSeconds(5);
        // When: suspended and lifted before the event arrives
        world.credits.suspend("ada");
        world.credits.reinstate("ada");
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
        // When
        world.credits.suspend("ada");
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.SUSPENDED);
        assertThat(ada.closeCode).isEqualTo(4004);
    }

    @Test
    void aClientThatSendsAnythingEvery900MillisPaysTheFullPrice() {
        // Given
        world.credits.grant("ada", 5_000);
        RecordingSocket ada = world.start("ada", "k");
        String id = world.id(ada);
        world.stopsAnswering(ada);
        // When
        for (int sign = 0; sign < 4_000; sign++) {
            world.time.advance(Duration.ofMillis(900));
            ada.says(new ClientFrame.Ping());
        }
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.broker.ended(id))
                .extracting(SessionEvent::usedMillis)
                .hasSize(1)
                .allSatisfy(used -> assertThat(used).isBetween(3_600_000L, 3_600_020L));
    }
}
