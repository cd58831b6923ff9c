package io.drawdown.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.CreditsWorld.Asked;
import io.drawdown.kit.events.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The promises on credits, across two instances that know nothing of each other. */
class RacesTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore one = world.core();
    private final CreditsCore other = world.core();

    @ParameterizedTest(name = "each call fails with probability {0}")
    @ValueSource(doubles = {0, 0.2})
    void sixtyFourSessionsRacingForTheLastSliceNeverOverdraw(double faults) {
        // Given
        world.open(one, "ada", 100);
        world.accounts.writes.byChance(faults);
        // When
        List<Asked<Funding.Answer>> starts = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            CreditsCore core = i % 2 == 0 ? one : other;
            starts.add(world.ask(core.commands().sessions().start("s" + i, new Funding.Start("ada", "live_dubbing"))));
        }
        starts.forEach(world::settle);
        world.time.advance(Duration.ofSeconds(10));
        // Then
        Credits reserved = world.document("ada").view(world.time.now()).held();
        assertThat(reserved).isEqualTo(Credits.of(100));
        assertThat(world.document("ada").holds()).hasSize(2);
        long funded = starts.stream()
                .flatMap(start -> start.answer.stream())
                .filter(answer -> answer.outcome() == Outcome.FUNDED)
                .count();
        assertThat(funded).isLessThanOrEqualTo(2);
    }

    @Test
    void twentyNineCreditsAreExactlyTwentyNineSeconds() {
        // Given
        world.open(one, "ada", 29);
        Funding.Answer start = world.start(one, "ada", "s");
        assertThat(start.hold())
                .isNotNull()
                .extracting(hold -> hold.fundedMillis())
                .isEqualTo(29_000L);
        // When
        for (long used = 5_000; used < 29_000; used += 5_000) {
            world.await(one.handleUsage(
                    Received.untraced(List.of(new UsageReport(List.of(new MeterReading("ada", "s", 1, used)))))));
        }
        Funding.Answer last = world.renew(one, "ada", "s", 29_000);
        // Then
        assertThat(last.outcome()).isEqualTo(Outcome.EXHAUSTED);
        assertThat(last.account())
                .isNotNull()
                .extracting(view -> view.balance())
                .isEqualTo(Credits.ZERO);
        Entry settled = world.entries("ada").stream()
                .filter(entry -> entry.type() == EntryType.SETTLED)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(settled.hold())
                .isNotNull()
                .extracting(hold -> hold.usedMillis())
                .isEqualTo(29_000L);
        assertThat(settled.movement().after()).isEqualTo(Credits.ZERO);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void reportsThatAreDuplicatedReorderedAndLostChargeExactlyTheRateOfTheUsage(long seed) {
        // Given
        Random random = new Random(seed);
        world.open(one, "ada", 10_000);
        for (String session : List.of("a", "b")) {
            world.start(one, "ada", session);
        }
        List<MeterReading> readings = new ArrayList<>();
        for (long used = 1_000; used <= 60_000; used += 1_000) {
            for (String session : List.of("a", "b")) {
                MeterReading reading = new MeterReading("ada", session, 1, used);
                readings.addAll(Collections.nCopies(random.nextInt(3), reading));
            }
        }
        readings.add(new MeterReading("ada", "a", 1, 60_000));
        readings.add(new MeterReading("ada", "b", 1, 60_000));
        Collections.shuffle(readings, random);
        // When
        for (MeterReading reading : readings) {
            CreditsCore core = random.nextBoolean() ? one : other;
            world.ask(core.handleUsage(Received.untraced(List.of(new UsageReport(List.of(reading))))));
        }
        world.time.advance(Duration.ofSeconds(30));
        // Then
        assertThat(world.document("ada").view(world.time.now()).balance()).isEqualTo(Credits.of(9_880));
        assertThat(world.vitals.beyondFunded).isZero();
    }

    @Test
    void aTopUpInFlightWhileTheLastSliceEndsIsSeenByTheAnswer() {
        // Given
        world.open(one, "ada", 30);
        world.start(one, "ada", "s");
        // When
        Asked<Reply<Posted>> grant = world.ask(other.commands().grant("ada", CreditsWorld.purchased(15), world.key()));
        world.settle(grant);
        Funding.Answer answer = world.renew(one, "ada", "s", 30_000);
        // Then
        assertThat(answer.outcome()).isEqualTo(Outcome.FUNDED);
    }

    @Test
    void aSiblingsReleaseAtAnotherInstanceFundsTheOther() {
        // Given
        world.open(one, "ada", 90);
        world.start(one, "ada", "a");
        world.start(one, "ada", "b");
        assertThat(world.renew(one, "ada", "b", 30_000).outcome()).isEqualTo(Outcome.EXHAUSTED);
        // When
        world.await(other.commands().sessions().takeover("a", new Funding.Takeover("ada", 2, 1, 20_000)));
        world.await(other.handleLifecycle(List.of(new Received<>(
                new SessionEvent(
                        SessionEvent.Type.ENDED, "a", 2, "ada", "live_dubbing", 2, 20_000, world.time.now(), null),
                null))));
        // Then
        assertThat(world.renew(one, "ada", "b", 30_000).outcome()).isEqualTo(Outcome.FUNDED);
    }

    @Test
    void aRepeatedKeyHasOneEffectWhicheverInstanceItMeetsAndHoweverLate() {
        // Given
        world.open(one, "ada", 500);
        Key key = new Key("k", "r");
        Posted first = CreditsWorld.done(world.await(one.commands().charge("ada", "credit", 10, key)));
        // When: two hundred others come after it, and all leave the outbox
        for (int i = 0; i < 200; i++) {
            world.await((i % 2 == 0 ? one : other).commands().charge("ada", "credit", 1, world.key()));
            world.time.advance(Duration.ofMillis(20));
        }
        world.time.advance(Duration.ofSeconds(2));
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        // Then
        assertThat(world.await(one.commands().charge("ada", "credit", 10, key)))
                .isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
        assertThat(world.await(other.commands().charge("ada", "credit", 10, key)))
                .isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
        assertThat(world.document("ada").view(world.time.now()).balance()).isEqualTo(Credits.of(290));
    }

    @Test
    void aReleaseThatReadTheAccountBeforeTheStartReleasesItsHold() {
        // Given
        world.open(one, "ada", 500);
        world.await(one.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofSeconds(2));
        assertThat(world.document("ada").outbox().hasDrained()).isTrue();
        CreditsCore fresh = world.core();
        // When: it has read the account, and asks the ledger after the start came between
        world.ledger.reads.latency = Duration.ofSeconds(1);
        Asked<Funding.Answer> release = world.ask(
                fresh.commands().sessions().release("s", new Funding.Release("ada", 1, 0, EndReason.ABANDONED)));
        world.time.advance(Duration.ofMillis(100));
        world.ledger.reads.latency = Duration.ofMillis(2);
        assertThat(world.start(other, "ada", "s").outcome()).isEqualTo(Outcome.FUNDED);
        world.settle(release);
        // Then
        assertThat(release.get().outcome()).isEqualTo(Outcome.RELEASED);
        assertThat(world.document("ada").holds()).isEmpty();
    }
}
