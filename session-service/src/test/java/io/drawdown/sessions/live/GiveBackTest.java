package io.drawdown.sessions.live;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An owner that gives back what its session does not use. */
class GiveBackTest {

    private final World world = new World();

    @Test
    void theOwnerKeepsOneSecondAndIsFundedAgain() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofMillis(10_400));
        world.credits.questions.clear();
        // When
        world.credits.askBack("ada");
        world.time.advance(Duration.ofMillis(20));
        // Then
        assertThat(world.credits.questions).first().isEqualTo("give back 1 to 12000");
        // When
        world.time.advance(Duration.ofMinutes(3));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(ada.last(Frame.Ended.class).usedMillis()).isEqualTo(100_000);
        assertThat(world.media.served(world.id(ada))).isBetween(Duration.ofSeconds(100), Duration.ofMillis(100_010));
    }

    @Test
    void nothingIsServedBeyondTheLoweredLimitWhileNoAnswerComes() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofMillis(10_400));
        world.credits.questions.clear();
        // When: the call is lost, and so are all others
        world.credits.away = true;
        world.credits.askBack("ada");
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.media.served(world.id(ada))).isBetween(Duration.ofSeconds(12), Duration.ofMillis(12_010));
        assertThat(world.credits.questions)
                .filteredOn(asked -> asked.startsWith("give back"))
                .hasSizeGreaterThan(3)
                .containsOnly("give back 1 to 12000");
        // When
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.media.isServed(world.id(ada))).isTrue();
        assertThat(Objects.requireNonNull(world.credits.account("ada").hold(world.id(ada)))
                        .cut())
                .isEqualTo(1);
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainAndCountsOnce() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(10));
        world.credits.losesAnswers = true;
        // When
        world.credits.askBack("ada");
        world.time.advance(Duration.ofMillis(1_200));
        world.credits.losesAnswers = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(Objects.requireNonNull(world.credits.account("ada").hold(world.id(ada)))
                        .cut())
                .isEqualTo(1);
        assertThat(world.media.isServed(world.id(ada))).isTrue();
    }

    @Test
    void fundingFromBeforeTheGiveBackIsNotObeyed() {
        // Given: the answer to a renewal is on its way
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(10));
        world.credits.answerDelay = Duration.ofMillis(400);
        world.credits.overdue("ada", world.id(ada));
        world.time.advance(Duration.ofMillis(100));
        // When
        world.credits.away = true;
        world.credits.askBack("ada");
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(world.media.served(world.id(ada))).isBetween(Duration.ofSeconds(11), Duration.ofMillis(12_010));
    }

    @Test
    void aSessionThatIsFundedBeforeItsGiveBackArrivesIsServedOn() {
        // Given: what it asks for at its lowered limit is decided by the old cut
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofMillis(10_400));
        world.credits.giveBackDelay = Duration.ofMillis(300);
        Duration before = world.media.served(world.id(ada));
        // When
        world.credits.askBack("ada");
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(world.media.served(world.id(ada))).isEqualTo(before.plusSeconds(4));
    }

    @Test
    void theSessionThatAsksKeepsWhatItHas() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.credits.questions.clear();
        // When
        world.credits.askBackFor("ada", world.id(ada));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.credits.questions).isEmpty();
    }

    @Test
    void anEndDuringAGiveBackChargesWhatWasServed() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(10));
        world.credits.latency = Duration.ofMillis(300);
        // When
        world.credits.askBack("ada");
        world.time.advance(Duration.ofMillis(100));
        ada.breaks(1000);
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.credits.account("ada").balance).isBetween(Credits.of(89), Credits.of(90));
        assertThat(world.credits.account("ada").available()).isEqualTo(world.credits.account("ada").balance);
    }

    @ParameterizedTest
    @CsvSource({"0,5,0,6,true", "0,6,0,6,false", "0,7,0,6,false", "0,60,1,3,true", "1,3,0,60,false", "2,3,1,60,false"})
    void ofTwoLimitsTheGreaterCutAndThenTheGreaterFigureIsNewer(
            long cut, long funded, long otherCut, long other, boolean isBefore) {
        assertThat(new Limit(cut, funded).isBefore(new Limit(otherCut, other))).isEqualTo(isBefore);
    }

    @Test
    void aLimitIsLoweredToWholeIncrementsAndNeverRaised() {
        assertThat(new Limit(0, 60_000).loweredTo(10_001, 1_000)).isEqualTo(new Limit(1, 11_000));
        assertThat(new Limit(4, 5_000).loweredTo(6_500, 2_500)).isEqualTo(new Limit(5, 5_000));
    }
}
