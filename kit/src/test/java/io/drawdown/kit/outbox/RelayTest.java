package io.drawdown.kit.outbox;

import io.drawdown.kit.outbox.FakeDestination.Item;
import io.drawdown.kit.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static io.drawdown.kit.outbox.FakeDestination.items;
import static org.assertj.core.api.Assertions.assertThat;

class RelayTest {

    private static final Duration PACE = Duration.ofMillis(5);
    private static final RelayLimits LIMITS = new RelayLimits(
            100, 4, 2, 10, PACE, Duration.ofSeconds(1), Duration.ofSeconds(2), RelayLimits.DEFAULT.retry());

    private final ManualTime time = new ManualTime();
    private final FakeDestination destination = new FakeDestination(time);
    private final Relay<Item> relay = new Relay<>(destination, time, LIMITS, new Random(1));

    @Test
    void publishesEachAggregateInOrderAfterItsRows() {
        // When
        relay.offer("a", items("a", 1, 3));
        relay.offer("b", items("b", 7, 8));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.published.stream().filter(id -> id.startsWith("a")))
                .containsExactly("a:1", "a:2", "a:3");
        assertThat(destination.published.stream().filter(id -> id.startsWith("b")))
                .containsExactly("b:7", "b:8");
        assertThat(relay.drainedTo("a")).isEqualTo(3);
        assertThat(relay.drainedTo("b")).isEqualTo(8);
    }

    @Test
    void aggregatesThatAreReadyTogetherShareOneRecordBatch() {
        // When
        relay.offer("a", items("a", 1, 2));
        relay.offer("b", items("b", 1, 1));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.recordBatches).containsExactly(List.of("a:1", "a:2", "b:1"));
    }

    @Test
    void aggregatesThatBecomeReadyWithinThePaceShareTheNextRecordBatch() {
        // When
        relay.offer("a", items("a", 1, 1));
        time.advance(Duration.ofMillis(1));
        relay.offer("b", items("b", 1, 1));
        time.advance(Duration.ofMillis(1));
        relay.offer("c", items("c", 1, 1));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.recordBatches).containsExactly(List.of("a:1"), List.of("b:1", "c:1"));
    }

    @Test
    void aggregatesThatBecomeQuietOneAfterTheOtherShareATrim() {
        // When
        for (String aggregate : List.of("a", "b", "c")) {
            relay.offer(aggregate, items(aggregate, 1, 1));
            time.advance(Duration.ofMillis(150));
        }
        time.advance(Duration.ofMillis(1_500));
        // Then
        assertThat(destination.trims).startsWith(Map.of("a", 1L), Map.of("b", 1L, "c", 1L));
    }

    @Test
    void itemsWithTheirRowsArePublishedTogetherUpToTheLimit() {
        // When
        relay.offer("a", items("a", 1, 12));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.publications)
                .extracting(List::size)
                .containsExactly(LIMITS.batch(), 12 - LIMITS.batch());
        assertThat(destination.published).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void publicationThatStoppedInTheMiddleGoesOnWhereItStopped() {
        // Given
        destination.unpublishable.add("a:3");
        // When
        relay.offer("a", items("a", 1, 4));
        time.advance(Duration.ofMillis(60));
        destination.unpublishable.clear();
        time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(destination.publications)
                .containsExactly(List.of("a:1", "a:2", "a:3", "a:4"), List.of("a:3", "a:4"), List.of("a:3", "a:4"));
        assertThat(destination.published).containsExactly("a:1", "a:2", "a:3", "a:4");
        assertThat(relay.backlog()).isZero();
    }

    @Test
    void itemsOfferedBeforeAreNotSentAgain() {
        // Given
        relay.offer("a", items("a", 1, 2));
        time.advance(Duration.ofMillis(100));
        // When
        relay.offer("a", items("a", 1, 3));
        relay.offer("a", items("a", 1, 3));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2", "a:3");
    }

    @Test
    void itemsOfferedWhileOneIsInFlightFollowIt() {
        // Given
        relay.offer("a", items("a", 1, 1));
        time.advance(Duration.ofMillis(15));
        // When
        relay.offer("a", items("a", 1, 3));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2", "a:3");
        assertThat(relay.backlog()).isZero();
    }

    @Test
    void finishTrimsPublishedItemsAtOnceAndLeavesNothing() {
        // Given
        relay.offer("quiet", items("quiet", 1, 2));
        time.advance(Duration.ofMillis(100));
        destination.unpublishable.add("held up:1");
        relay.offer("held up", items("held up", 1, 1));
        time.advance(Duration.ofMillis(50));
        destination.unpublishable.clear();
        // When
        relay.finish();
        relay.offer("late", items("late", 5, 6));
        time.advance(Duration.ofMillis(100));
        // Then
        assertThat(destination.published).contains("quiet:2", "held up:1", "late:6");
        assertThat(destination.trims).contains(Map.of("quiet", 2L));
        assertThat(relay.aggregates()).isZero();
    }

    @Test
    void failureStopsItsAggregateAndNoOther() {
        // Given
        destination.unpublishable.add("a:2");
        // When
        relay.offer("a", items("a", 1, 3));
        relay.offer("b", items("b", 1, 3));
        time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(destination.published).containsExactlyInAnyOrder("a:1", "b:1", "b:2", "b:3");
        assertThat(relay.drainedTo("a")).isEqualTo(1);
        assertThat(relay.backlog()).isEqualTo(2);
    }

    @Test
    void stoppedAggregateGoesOnByItselfAndInOrder() {
        // Given
        destination.unpublishable.add("a:2");
        relay.offer("a", items("a", 1, 3));
        time.advance(Duration.ofSeconds(30));
        // When
        destination.unpublishable.clear();
        time.advance(Duration.ofMillis(5_100));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2", "a:3");
    }

    @Test
    void failedRowsAreRepeatedBeforeAnythingIsPublished() {
        // Given
        destination.storeAway = true;
        relay.offer("a", items("a", 1, 2));
        time.advance(Duration.ofSeconds(3));
        assertThat(destination.published).isEmpty();
        // When
        destination.storeAway = false;
        time.advance(Duration.ofMillis(5_100));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2");
    }

    @Test
    void aggregateWithRefusedRowsIsNeverPublished() {
        // Given
        destination.refused.add("a");
        // When
        relay.offer("a", items("a", 1, 1));
        relay.offer("b", items("b", 1, 1));
        time.advance(Duration.ofSeconds(20));
        // Then
        assertThat(destination.published).containsExactly("b:1");
        assertThat(relay.drainedTo("a")).isZero();
    }

    @Test
    void aggregateThatFailsItsBatchIsTriedAloneAndTheOthersGoOn() {
        // Given
        destination.poison.add("bad");
        // When
        relay.offer("good", items("good", 1, 1));
        relay.offer("bad", items("bad", 1, 1));
        time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(destination.published).containsExactly("good:1");
        assertThat(relay.backlog()).isEqualTo(1);
    }

    @Test
    void quietAggregateIsTrimmedThenLookedAtOnceMoreAndForgotten() {
        // Given
        relay.offer("a", items("a", 1, 2));
        // When
        time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(destination.trims).containsExactly(Map.of("a", 2L), Map.of("a", 2L));
        assertThat(relay.aggregates()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void busyAggregateIsNotTrimmed() {
        // When
        for (int seq = 1; seq <= 10; seq++) {
            relay.offer("a", items("a", seq, seq));
            time.advance(Duration.ofMillis(500));
        }
        // Then
        assertThat(destination.trims).isEmpty();
        assertThat(relay.drainedTo("a")).isEqualTo(10);
    }

    @Test
    void itemsOfferedWhileItsTrimIsInFlightAreSentAndTrimmedLater() {
        // Given
        relay.offer("a", items("a", 1, 1));
        time.advance(Duration.ofMillis(1_025));
        // When
        relay.offer("a", items("a", 2, 2));
        time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2");
        assertThat(destination.trims).containsExactly(Map.of("a", 1L), Map.of("a", 2L), Map.of("a", 2L));
        assertThat(relay.aggregates()).isZero();
    }

    @Test
    void failedTrimIsRepeated() {
        // Given
        relay.offer("a", items("a", 1, 1));
        time.advance(Duration.ofMillis(500));
        destination.storeAway = true;
        time.advance(Duration.ofSeconds(5));
        // When
        destination.storeAway = false;
        time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(destination.trims).containsExactly(Map.of("a", 1L), Map.of("a", 1L));
        assertThat(relay.aggregates()).isZero();
    }

    @Test
    void publishesNoMoreAggregatesAtOnceThanAllowed() {
        // When
        for (int aggregate = 0; aggregate < 20; aggregate++) {
            relay.offer("k" + aggregate, items("k" + aggregate, 1, 2));
        }
        time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(destination.mostPublishing).isEqualTo(LIMITS.publishing());
        assertThat(destination.published).hasSize(40);
        assertThat(destination.recordBatches)
                .allSatisfy(batch -> assertThat(batch).hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void itemsBeyondTheBoundAreLeftToTheNextOffer() {
        // Given
        relay.offer("a", items("a", 1, 150));
        assertThat(relay.backlog()).isEqualTo(LIMITS.mostItems());
        relay.offer("b", items("b", 1, 1));
        time.advance(Duration.ofSeconds(5));
        // When
        relay.offer("a", items("a", 101, 150));
        relay.offer("b", items("b", 1, 1));
        time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(destination.published).contains("a:150", "b:1");
        assertThat(relay.backlog()).isZero();
    }

    @Test
    void itemsLeftByOthersAreFoundByTheTrimAndSent() {
        // Given
        relay.offer("a", items("a", 1, 2));
        destination.left.put("a", items("a", 3, 4));
        // When
        time.advance(Duration.ofMillis(1_100));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2", "a:3", "a:4");
        assertThat(relay.isDraining("a")).isTrue();
    }

    @Test
    void itemsWrittenDuringTheTrimAreFoundByTheSecondLook() {
        // Given
        relay.offer("a", items("a", 1, 2));
        time.advance(Duration.ofMillis(1_500));
        assertThat(relay.isDraining("a")).isFalse();
        // When
        destination.left.put("a", items("a", 1, 3));
        time.advance(Duration.ofSeconds(10));
        // Then
        assertThat(destination.published).containsExactly("a:1", "a:2", "a:3");
        assertThat(relay.aggregates()).isZero();
    }

    @Test
    void trimThatLostItsRaceIsRepeated() {
        // Given
        relay.offer("a", items("a", 1, 2));
        destination.left.put("a", items("a", 1, 2));
        // When
        time.advance(Duration.ofMillis(2_500));
        // Then
        assertThat(destination.trims).containsExactly(Map.of("a", 2L), Map.of("a", 2L));
        assertThat(destination.published).containsExactly("a:1", "a:2");
    }

    /** Whatever a relay has done with it before: who offers has found it in the aggregate. */
    @Test
    void offeredItemsAreTrimmedAgainEvenIfTheyWereSentBefore() {
        // Given
        relay.offer("a", items("a", 1, 2));
        time.advance(Duration.ofMillis(1_500));
        assertThat(relay.isDraining("a")).isFalse();
        // When
        relay.offer("a", items("a", 2, 2));
        assertThat(relay.isDraining("a")).isTrue();
        time.advance(Duration.ofMillis(1_100));
        // Then
        assertThat(destination.trims).containsExactly(Map.of("a", 2L), Map.of("a", 2L));
        assertThat(destination.published).containsExactly("a:1", "a:2");
    }

    @Test
    void trimIsRepeatedUntilItWinsARace() {
        // Given
        relay.offer("a", items("a", 1, 2));
        for (int i = 0; i < 4; i++) {
            destination.left.put("a", items("a", 1, 2));
            // When
            time.advance(Duration.ofMillis(1_100));
            // Then
            assertThat(relay.isDraining("a")).isTrue();
        }
        time.advance(Duration.ofSeconds(10));
        assertThat(destination.published).containsExactly("a:1", "a:2");
        assertThat(relay.aggregates()).isZero();
    }
}
