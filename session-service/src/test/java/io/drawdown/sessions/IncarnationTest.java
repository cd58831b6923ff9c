package io.drawdown.sessions;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Heartbeat;
import io.drawdown.contracts.MeterReading;
import io.drawdown.kit.events.Partitions;
import io.drawdown.kit.json.Json;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A process under its lease: fenced, asleep, cut off, and what it says every five seconds. */
class IncarnationTest {

    private final World world = new World();

    @Test
    void aFencedIncarnationStopsServingWritesNothingAndGoesOnUnderANewName() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        String id = world.id(ada);
        SessionDocument before = world.sessions.one(id);
        String old = before.owner().incarnation();
        world.time.advance(Duration.ofMillis(1_500));
        // When
        world.incarnations.fenceNow(old);
        world.time.advance(Duration.ofMillis(600));
        // Then
        assertThat(ada.closeCode).isEqualTo(1012);
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
        assertThat(world.incarnations.incarnations).hasSize(2);
        // When
        world.time.advance(Duration.ofSeconds(46));
        RecordingSocket bob = world.start("ada", "other");
        // Then: its own new name ends what the old one left, and whose client did not come back
        assertThat(world.broker.ended(id)).singleElement().satisfies(e -> assertThat(e.reason())
                .isEqualTo(EndReason.OWNER_LOST));
        assertThat(bob.all(Frame.Started.class)).hasSize(1);
    }

    @Test
    void aProcessThatSleptServesNobodyUntilItsLeaseIsKnownToBeUnbroken() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        world.time.advance(Duration.ofSeconds(10));
        // When
        world.incarnations.away = true;
        world.sleep(Duration.ofSeconds(30));
        ada.pongs();
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(used(ada)).isBetween(9_000L, 10_600L);
        // When
        world.incarnations.away = false;
        world.time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(used(ada)).isBetween(18_000L, 20_600L);
    }

    @Test
    void aProcessThatSleptAndWasFencedClosesAllWith1012() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        String old = world.sessions.one(world.id(ada)).owner().incarnation();
        // When
        world.incarnations.fenceNow(old);
        world.sleep(Duration.ofSeconds(30));
        world.time.advance(Duration.ofMillis(600));
        // Then
        assertThat(ada.closeCode).isEqualTo(1012);
        assertThat(ada.all(Frame.Ended.class)).isEmpty();
    }

    @Test
    void aReadOnlyOutageOfTheLeasesFencesNobody() {
        // Given
        world.credits.grant("ada", 500);
        RecordingSocket ada = world.start("ada", "k");
        // When
        world.incarnations.away = true;
        world.time.advance(Duration.ofSeconds(60));
        world.incarnations.away = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ada.closeCode).isNull();
        assertThat(used(ada)).isBetween(65_000L, 65_100L);
    }

    @Test
    void heartbeatsGoToThePartitionOfTheirAccounts() {
        // Given
        for (int account = 0; account < 20; account++) {
            world.credits.grant("account-" + account, 100);
            world.start("account-" + account, "k");
        }
        world.broker.heartbeats.clear();
        // When
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(world.broker.heartbeats).allSatisfy(event -> {
            List<MeterReading> readings =
                    Json.read(event.data(), Heartbeat.class).readings();
            assertThat(readings).allSatisfy(reading -> assertThat(Partitions.of(reading.accountId(), 8))
                    .isEqualTo(event.partition()));
        });
        assertThat(world.broker.heartbeats.stream()
                        .mapToInt(event -> Json.read(event.data(), Heartbeat.class)
                                .readings()
                                .size())
                        .sum())
                .isEqualTo(20);
    }

    private long used(RecordingSocket client) {
        Long used = world.core()
                .read(world.id(client))
                .await()
                .indefinitely()
                .orElseThrow()
                .usedMillis();
        return used == null ? -1 : used;
    }
}
