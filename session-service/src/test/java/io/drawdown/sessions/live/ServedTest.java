package io.drawdown.sessions.live;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Funding;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Served and counted are the same seconds: to the millisecond, however a session stops being served. */
class ServedTest {

    private final World world = new World();
    private long counted;

    @AfterEach
    void serveAndStopAlternate() {
        assertThat(world.media.oddities).isEmpty();
    }

    @Test
    void servedToTheLimit() {
        // Given
        RecordingSocket ada = started(10);
        // When
        world.time.advance(Duration.ofMillis(9_900));
        world.credits.away = true;
        world.time.advance(Duration.ofSeconds(20));
        // Then
        assertThat(served(ada)).isEqualTo(Duration.ofSeconds(10));
        assertThat(used(ada)).isEqualTo(10_000);
    }

    @Test
    void theTimeFromTheLastCreditToTheWordOfTheEndIsMeasured() {
        // Given
        RecordingSocket ada = started(10);
        // When
        world.time.advance(Duration.ofSeconds(11));
        // Then
        assertThat(ended(ada).reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(world.media.told.get(world.id(ada))).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void itIsLongIfNobodyCanSayThatNothingIsLeft() {
        // Given
        RecordingSocket ada = started(10);
        world.time.advance(Duration.ofMillis(9_900));
        world.credits.away = true;
        // When
        world.time.advance(Duration.ofSeconds(5));
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ended(ada).reason()).isEqualTo(EndReason.EXHAUSTED);
        assertThat(world.media.told.get(world.id(ada))).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 137, 250, 499, 500, 730})
    void toTheMomentOfSilence(int lastSign) {
        // Given
        RecordingSocket ada = started(500);
        world.stopsAnswering(ada);
        world.time.advance(Duration.ofMillis(lastSign));
        ada.pongs();
        Duration before = served(ada);
        // When
        world.time.advance(Duration.ofSeconds(60));
        // Then
        assertThat(ended(ada).reason()).isEqualTo(EndReason.DISCONNECTED);
        assertThat(served(ada)).isEqualTo(before.plus(Meter.SILENCE)).isEqualTo(Duration.ofMillis(usedAtEnd(ada)));
    }

    @Test
    void aSilentClientThatSpeaksAgainIsServedFromThatMomentOn() {
        // Given
        RecordingSocket ada = started(500);
        world.stopsAnswering(ada);
        ada.pongs();
        Duration before = served(ada);
        world.time.advance(Duration.ofMillis(8_123));
        // When
        ada.pongs();
        world.time.advance(Duration.ofMillis(1_456));
        // Then
        assertThat(served(ada)).isEqualTo(before.plusMillis(9_456)).isEqualTo(Duration.ofMillis(used(ada)));
    }

    @Test
    void servedUntilTheSocketIsLostAndFromItsReturn() {
        // Given
        RecordingSocket ada = started(500);
        String token = ada.last(Frame.Started.class).session().resumeToken();
        world.time.advance(Duration.ofMillis(3_217));
        Duration before = served(ada);
        // When
        ada.breaks(1006);
        world.time.advance(Duration.ofMillis(4_321));
        RecordingSocket next = world.client(World.GATEWAY);
        next.says(World.resume(world.id(ada), token));
        world.time.advance(Duration.ofMillis(1_111));
        // Then: its return is stored within a millisecond
        assertThat(served(ada)).isEqualTo(before.plusMillis(1_110)).isEqualTo(Duration.ofMillis(used(ada)));
    }

    @Test
    void servedUntilItsUserEndsIt() {
        // Given
        RecordingSocket ada = started(500);
        world.time.advance(Duration.ofMillis(3_217));
        Duration before = served(ada);
        // When: however long it takes to write that down
        world.sessions.away = true;
        ada.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(30));
        world.sessions.away = false;
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(ended(ada).reason()).isEqualTo(EndReason.USER);
        assertThat(served(ada)).isEqualTo(before).isEqualTo(Duration.ofMillis(usedAtEnd(ada)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2_001, 3_000, 3_999, 4_001, 5_000, 7_000, 9_000, 30_000})
    void notWhileTheProcessStandsStill(int millis) {
        // Given: all that was served is counted when the process falls asleep
        RecordingSocket ada = started(500);
        world.time.advance(Duration.ofMillis(3_217));
        long before = used(ada);
        // When
        world.sleep(Duration.ofMillis(millis));
        world.time.advance(Duration.ofMillis(2_345));
        // Then
        assertThat(used(ada)).isGreaterThan(before + 1_000);
        assertThat(served(ada)).isEqualTo(Duration.ofMillis(used(ada)));
    }

    @Test
    void notServedWhileTheLeaseIsUnchecked() {
        // Given
        RecordingSocket ada = started(500);
        world.time.advance(Duration.ofMillis(3_217));
        long before = used(ada);
        world.incarnations.away = true;
        // When
        world.sleep(Duration.ofSeconds(5));
        world.time.advance(Duration.ofMillis(2_345));
        // Then
        assertThat(world.media.isServed(world.id(ada))).isFalse();
        assertThat(served(ada)).isEqualTo(Duration.ofMillis(before)).isEqualTo(Duration.ofMillis(used(ada)));
    }

    @Test
    void serviceBetweenTheLastTickAndAStallIsNotCounted() {
        // Given
        RecordingSocket ada = started(500);
        world.time.advance(Duration.ofMillis(3_217));
        // When
        world.sleep(Duration.ofSeconds(3));
        world.time.advance(Duration.ofMillis(2_345));
        // Then
        assertThat(served(ada).minusMillis(used(ada))).isBetween(Duration.ZERO, LiveSessions.TICK);
    }

    @Test
    void servedUntilItLearnsThatItIsFenced() {
        // Given
        RecordingSocket ada = started(500);
        String owner = world.sessions.one(world.id(ada)).owner().incarnation();
        world.time.advance(Duration.ofMillis(3_217));
        countEveryMillisecond(ada);
        // When
        world.incarnations.fenceNow(owner);
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(ada.closeCode).isEqualTo(1012);
        assertThat(world.media.isServed(world.id(ada))).isFalse();
        assertThat(served(ada)).isEqualTo(Duration.ofMillis(counted));
    }

    @Test
    void servedUntilItLearnsThatAnotherOwnsIt() {
        // Given
        RecordingSocket ada = started(500);
        String id = world.id(ada);
        world.time.advance(Duration.ofMillis(3_217));
        countEveryMillisecond(ada);
        // When
        world.credits
                .takeover(id, new Funding.Takeover("ada", 2, 1, 0))
                .subscribe()
                .with(answer -> {});
        world.time.advance(Duration.ofSeconds(1));
        world.credits.overdue("ada", id);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.closeCode).isEqualTo(4009);
        assertThat(world.media.isServed(id)).isFalse();
        assertThat(served(ada)).isEqualTo(Duration.ofMillis(counted));
    }

    private RecordingSocket started(long credits) {
        world.credits.grant("ada", credits);
        return world.start("ada", "k");
    }

    private Duration served(RecordingSocket client) {
        return world.media.served(world.id(client));
    }

    private static Frame.Ended ended(RecordingSocket client) {
        return client.last(Frame.Ended.class);
    }

    private static long usedAtEnd(RecordingSocket client) {
        return ended(client).usedMillis();
    }

    private long used(RecordingSocket client) {
        return Objects.requireNonNull(world.core()
                .read(world.id(client))
                .await()
                .atMost(Duration.ofSeconds(1))
                .orElseThrow()
                .usedMillis());
    }

    /** Reads the total for three seconds while it lives, each time before anything else happens at that moment. */
    private void countEveryMillisecond(RecordingSocket client) {
        for (int millis = 1; millis <= 3_000; millis++) {
            world.time.after(Duration.ofMillis(millis), () -> {
                if (world.core().health().live() > 0) {
                    counted = used(client);
                }
            });
        }
    }
}
