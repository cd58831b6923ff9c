package io.drawdown.sessions.recovery;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.json.Json;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What another instance left, and whose client does not come back: ended after the lease and the grace period. */
class ReaperTest {

    /** A lease of 4 s, then the grace period, which is 30 s. */
    private static final Duration LEASE_AND_GRACE = Duration.ofSeconds(34);

    /** By the slowest member of a team of two, with the rounds. */
    private static final Duration AT_THE_LATEST = Duration.ofSeconds(52);

    private final World world = new World();

    /** Its owner, instance one, is dead, and instance two is there. */
    private String left() {
        world.credits.grant("ada", 500);
        String id = world.id(world.start("ada", "k"));
        world.time.advance(Duration.ofSeconds(23));
        world.restartAs("two");
        return id;
    }

    @Test
    void aSessionOfAnotherInstanceEndsAtItsProofAfterTheGracePeriod() {
        // Given
        String id = left();
        Owner dead = world.sessions.one(id).owner();
        // When
        world.time.advance(LEASE_AND_GRACE);
        // Then
        assertThat(world.sessions.one(id).owner()).isEqualTo(dead);
        assertThat(isFenced(dead)).isFalse();
        // When
        world.time.advance(AT_THE_LATEST.minus(LEASE_AND_GRACE));
        // Then
        SessionEvent ended = world.broker.ended(id).getFirst();
        assertThat(ended.reason()).isEqualTo(EndReason.OWNER_LOST);
        assertThat(ended.usedMillis()).isBetween(18_000L, 23_000L);
        assertThat(ended.epoch()).isEqualTo(2);
        assertThat(isFenced(dead)).isTrue();
        assertThat(world.credits.account("ada").hold(id)).isNull();
    }

    @Test
    void anOwnerThatRenewsIsLeftAlone() {
        // Given
        String id = left();
        Owner owner = world.sessions.one(id).owner();
        // When
        for (int second = 0; second < 120; second += 3) {
            world.time.advance(Duration.ofSeconds(3));
            world.incarnations.incarnations.computeIfPresent(
                    owner.incarnation(), (name, there) -> there.renewed(world.time.now()));
        }
        // Then
        assertThat(world.sessions.one(id).owner()).isEqualTo(owner);
    }

    @Test
    void aGreaterBeatIsASignOfLifeThoughNoTotalRises() {
        // Given: it cannot reach the database, but the broker
        String id = left();
        Owner owner = world.sessions.one(id).owner();
        for (int beat = 100; beat < 124; beat++) {
            world.time.advance(Duration.ofSeconds(5));
            beat(owner, beat, new MeterReading("ada", id, 1, 20_000));
        }
        assertThat(isFenced(owner)).isFalse();
        // When
        world.time.advance(AT_THE_LATEST.multipliedBy(2));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isBetween(20_000L, 23_000L));
    }

    @Test
    void aBeatAfterTheFenceBeginsTheWaitAnew() {
        // Given
        String id = left();
        Owner owner = world.sessions.one(id).owner();
        world.incarnations.beforeFencing = () -> beat(owner, 900, new MeterReading("ada", id, 1, 22_500));
        // When
        world.time.advance(AT_THE_LATEST);
        // Then
        assertThat(isFenced(owner)).isTrue();
        assertThat(world.sessions.one(id).owner()).isEqualTo(owner);
        // When
        world.time.advance(AT_THE_LATEST);
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isBetween(22_500L, 23_000L));
    }

    @Test
    void aBrokerOrADatabaseThatIsAwayReapsNobody() {
        // Given
        String id = left();
        Owner owner = world.sessions.one(id).owner();
        world.broker.away = true;
        world.time.advance(Duration.ofMinutes(5));
        world.broker.away = false;
        world.incarnations.away = true;
        world.time.advance(Duration.ofMinutes(5));
        world.incarnations.away = false;
        // When
        world.time.advance(LEASE_AND_GRACE.minusSeconds(6));
        // Then
        assertThat(world.sessions.one(id).owner()).isEqualTo(owner);
        assertThat(isFenced(owner)).isFalse();
    }

    @Test
    void whatWasKilledWithoutSessionsIsForgottenAfterTwoDays() {
        // Given
        Owner owner = world.sessions.one(left()).owner();
        world.time.advance(AT_THE_LATEST.multipliedBy(2));
        // When: and one that had none at all
        world.restartAs("three");
        world.time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(world.incarnations.incarnations.values())
                .filteredOn(each -> !each.fenced())
                .hasSize(1);
        // When
        world.time.advance(Duration.ofDays(2));
        world.restartAs("four");
        world.time.advance(Duration.ofMinutes(1));
        // Then
        assertThat(world.incarnations.incarnations).doesNotContainKey(owner.incarnation());
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 34, 38, 42, 46, 50})
    void anOwnerThatTheBrokerCutOffMeanwhileIsHeardWhenItIsBack(int seconds) {
        // Given: it lives, and its heartbeats do not arrive until the wait is nearly over
        String id = left();
        Owner owner = world.sessions.one(id).owner();
        world.time.advance(Duration.ofSeconds(12));
        world.broker.away = true;
        world.time.advance(Duration.ofSeconds(seconds - 12));
        world.broker.away = false;
        // When
        for (int beat = 900; beat < 920; beat++) {
            world.time.advance(Duration.ofMillis(4_900));
            beat(owner, beat, new MeterReading("ada", id, 1, 22_500));
        }
        // Then
        assertThat(isFenced(owner)).isFalse();
        assertThat(world.sessions.one(id).owner()).isEqualTo(owner);
    }

    @Test
    void aSessionThatWasHandedOverEndsInItsEpochAfterTheGracePeriod() {
        // Given
        String id = left();
        world.time.advance(Duration.ofSeconds(1));
        SessionDocument there = world.sessions.one(id);
        MeterReading handed = new MeterReading("ada", id, 1, 22_900);
        world.sessions.documents.put(
                id, there.handOver(handed, world.time.now()).written("handed", 0));
        world.credits.questions.clear();
        // When
        world.core().handleAccountEvents(List.of(Overdue.of(world, "ada", id)));
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(world.sessions.one(id).state().name()).isEqualTo(SessionState.Name.DETACHED);
        // When
        world.time.advance(Duration.ofSeconds(12));
        // Then
        SessionEvent ended = world.broker.ended(id).getFirst();
        assertThat(ended.reason()).isEqualTo(EndReason.DISCONNECTED);
        assertThat(ended.usedMillis()).isEqualTo(22_900);
        assertThat(ended.epoch()).isEqualTo(1);
        assertThat(world.credits.questions).noneMatch(question -> question.startsWith("takeover"));
    }

    @Test
    void aPausedSessionOfALostOwnerWaitsForItsClientForAsLongAsItsPauseMayLast() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        String id = world.id(ada);
        world.time.advance(Duration.ofSeconds(23));
        ada.says(new ClientFrame.Pause());
        world.time.advance(Duration.ofSeconds(6));
        world.restartAs("two");
        // When
        world.time.advance(Duration.ofMinutes(9));
        // Then
        assertThat(world.sessions.one(id).isPaused()).isTrue();
        assertThat(world.sessions.one(id).state().name()).isEqualTo(SessionState.Name.RUNNING);
        // When
        world.time.advance(Duration.ofMinutes(2));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.usedMillis())
                .isBetween(22_900L, 23_100L));
    }

    @Test
    void aPausedSessionThatWasHandedOverWaitsForItsClientForAsLongAsItsPauseMayLast() {
        // Given
        String id = left();
        SessionDocument there = world.sessions.one(id).pause(22_900, false, true, world.time.now());
        MeterReading handed = new MeterReading("ada", id, 1, 22_900);
        world.sessions.documents.put(
                id, there.handOver(handed, world.time.now()).written("handed", 0));
        // When
        world.time.advance(Duration.ofMinutes(9));
        // Then
        assertThat(world.sessions.one(id).state().name()).isEqualTo(SessionState.Name.DETACHED);
        // When
        world.time.advance(Duration.ofMinutes(2));
        // Then
        SessionEvent ended = world.broker.ended(id).getFirst();
        assertThat(ended.reason()).isEqualTo(EndReason.PAUSED_TOO_LONG);
        assertThat(ended.usedMillis()).isEqualTo(22_900);
    }

    @Test
    void aSessionThatThisInstanceBeganToResumeIsEndedByIt() {
        // Given
        String id = left();
        world.time.advance(Duration.ofSeconds(1));
        SessionDocument there = world.sessions.one(id);
        Owner me = new Owner(nameOf("two"), "two", 2);
        MeterReading proof = new MeterReading("ada", id, 1, 21_000);
        world.sessions.documents.put(id, there.takeOver(me, proof).written("mine", 0));
        // When
        world.time.advance(Duration.ofSeconds(42));
        // Then
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> {
            assertThat(e.usedMillis()).isEqualTo(21_000);
            assertThat(e.epoch()).isEqualTo(2);
        });
    }

    private String nameOf(String instance) {
        return world.incarnations.incarnations.values().stream()
                .filter(each -> each.instance().equals(instance))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private boolean isFenced(Owner owner) {
        return Objects.requireNonNull(world.incarnations.incarnations.get(owner.incarnation()))
                .fenced();
    }

    private void beat(Owner owner, long beat, MeterReading reading) {
        byte[] data = Json.bytes(new Heartbeat(owner.incarnation(), beat, List.of(reading)));
        world.broker.heartbeats.add(
                new CloudEvent("beat", Heartbeat.EVENT_TYPE, "test", owner.incarnation(), world.time.now(), "0", data));
    }
}
