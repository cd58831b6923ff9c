package io.drawdown.sessions.gateway;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.sessions.testing.GatewayClient;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that pauses its session, and gives back what that does not use if it wants to. */
class GatewayPausesTest {

    private final World world = new World();
    private final GatewayClient gateway = started();

    private GatewayClient started() {
        world.credits.grant("ada", 100);
        GatewayClient client = new GatewayClient(world, "ada", "call-1").start();
        return client.states(5_000);
    }

    @Test
    void pausesWhoseEventsCannotBePublishedAreBounded() {
        // Given
        world.broker.away = true;
        for (int i = 0; i < 50; i++) {
            // When
            gateway.pauses(5_000);
            gateway.resumes(5_000);
        }
        // Then
        assertThat(gateway.stored().outbox().events()).hasSizeBetween(32, 34);
        assertThat(gateway.pauses(6_000).fault()).isInstanceOf(Unavailable.class);
        assertThat(gateway.reported().usedMillis()).isEqualTo(5_000);
    }

    @Test
    void allThatIsNotUsedComesBackAndIsAskedForBeforeItGoesOn() {
        // When
        gateway.releases(9_300);
        // Then
        assertThat(gateway.view().isReleased()).isTrue();
        assertThat(gateway.view().fundedMillis()).isEqualTo(10_000);
        assertThat(available()).isEqualTo(Credits.of(90));
        assertThat(hold().usedMillis()).isEqualTo(9_300);
        // When
        gateway.keepsStating(9_300, Duration.ofMinutes(3));
        // Then
        assertThat(available()).isEqualTo(Credits.of(90));
        // When
        gateway.resumes(9_300);
        // Then
        assertThat(gateway.view().fundedMillis()).isGreaterThan(20_000).isEqualTo(hold().fundedMillis());
        assertThat(gateway.view().isPaused()).isFalse();
        assertThat(gateway.ends(12_000).ended().usedMillis()).isEqualTo(12_000);
        assertThat(world.credits.account("ada").balance).isEqualTo(Credits.of(88));
    }

    @Test
    void aPauseWithoutItKeepsTheHold() {
        // When
        gateway.pauses(9_300);
        // Then
        assertThat(gateway.view().isReleased()).isFalse();
        assertThat(gateway.view().fundedMillis()).isGreaterThan(50_000);
        // When: it asks for that later
        gateway.releases(9_300);
        // Then
        assertThat(available()).isEqualTo(Credits.of(90));
        assertThat(world.broker.lifecycle)
                .extracting(SessionEvent::type)
                .containsExactly(SessionEvent.Type.STARTED, SessionEvent.Type.PAUSED);
    }

    @Test
    void whoGoesOnWithoutCreditsIsTold() {
        // Given
        gateway.releases(10_000);
        world.credits.account("ada").balance = Credits.of(0);
        // When
        gateway.resumes(10_000);
        // Then
        assertThat(gateway.view().reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(gateway.ended().usedMillis()).isEqualTo(10_000);
    }

    @Test
    void whoGoesOnWhileCreditsServiceIsAwayIsFundedForNothing() {
        // Given
        gateway.releases(10_000);
        world.credits.away = true;
        // When
        gateway.resumes(10_000);
        // Then
        assertThat(gateway.view().fundedMillis()).isEqualTo(10_000);
        // When
        world.credits.away = false;
        gateway.states(10_000);
        // Then
        assertThat(gateway.view().fundedMillis()).isGreaterThan(20_000);
    }

    @Test
    void aGiveBackThatIsNotAnsweredIsRepeatedWithTheNextReportAndOldFundingIsNotObeyed() {
        // Given
        world.credits.losesAnswers = true;
        gateway.releases(10_000);
        world.credits.losesAnswers = false;
        assertThat(gateway.reported().advance().isOwed()).isTrue();
        // When
        gateway.states(10_000);
        // Then
        assertThat(gateway.reported().advance().isOwed()).isFalse();
        assertThat(hold().cut()).isEqualTo(1);
        assertThat(available()).isEqualTo(Credits.of(90));
    }

    @Test
    void whoGoesOnBeforeItIsAnsweredGivesBackFirst() {
        // Given
        world.credits.away = true;
        gateway.releases(10_000);
        world.credits.away = false;
        // When
        gateway.resumes(10_000);
        // Then
        assertThat(hold().cut()).isEqualTo(1);
        assertThat(gateway.view().fundedMillis())
                .isEqualTo(hold().fundedMillis())
                .isGreaterThan(20_000);
    }

    @Test
    void anOverdueHoldIsAnsweredAndNotFunded() {
        // Given
        gateway.releases(10_000);
        world.credits.questions.clear();
        // When
        world.credits.raiseAllOverdue();
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.credits.questions).containsExactly("give back 2 to 10000");
        assertThat(available()).isEqualTo(Credits.of(90));
    }

    @Test
    void whatARenewalFundedThatWasOnItsWayComesBackToo() {
        // Given: its answer is late, and it is decided after the give-back
        world.credits.overdue("ada", gateway.id());
        world.credits.latency = Duration.ofMillis(1_200);
        world.time.advance(Duration.ofMillis(15));
        world.credits.latency = Duration.ofMillis(3);
        // When
        gateway.releases(10_000);
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(world.credits.questions).contains("give back 1 to 10000", "give back 2 to 10000");
        assertThat(available()).isEqualTo(Credits.of(90));
    }

    @Test
    void whatItStatesBeyondItsFundingAtThePauseIsFundedFirst() {
        // When
        gateway.releases(70_000);
        // Then
        assertThat(hold().usedMillis()).isEqualTo(70_000);
        assertThat(available()).isEqualTo(Credits.of(30));
    }

    private HoldView hold() {
        return Objects.requireNonNull(world.credits.account("ada").hold(gateway.id()));
    }

    private Credits available() {
        return world.credits.account("ada").available();
    }
}
