package io.drawdown.credits.commit;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.ProblemType;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.account.Priced;
import io.drawdown.credits.config.CreditsSettings;
import io.drawdown.credits.decision.AccountLimits;
import io.drawdown.credits.decision.DecisionContext;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.rules.Command;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.CreditsWorld.Asked;
import io.drawdown.credits.testing.Fault;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupCommitTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @BeforeEach
    void openTwoAccounts() {
        world.open(core, "ada", 100);
        world.open(core, "bob", 100);
        world.accounts.singleWrites = 0;
        world.accounts.decisions = 0;
        world.accounts.bulkWrites = 0;
        world.accounts.peeks = 0;
    }

    @Test
    void commandsThatWaitForOneAccountShareItsNextWrite() {
        // When
        Asked<Reply<Posted>> first = charge("ada", 1);
        world.time.runUntilIdle();
        List<Asked<Reply<Posted>>> others =
                IntStream.range(0, 20).mapToObj(i -> charge("ada", 1)).toList();
        others.forEach(world::settle);
        // Then
        assertThat(first.get()).isInstanceOf(Reply.Done.class);
        assertThat(others).allSatisfy(other -> assertThat(other.get()).isInstanceOf(Reply.Done.class));
        assertThat(world.accounts.singleWrites).isEqualTo(2);
        assertThat(world.vitals.groups.getLast()).isEqualTo(20);
        assertThat(balance("ada")).isEqualTo(Credits.of(79));
    }

    @Test
    void aRememberedDocumentIsWrittenWithoutReadingItAgain() {
        // When
        world.settle(charge("ada", 1)).get();
        // Then
        assertThat(world.accounts.decisions).isZero();
        assertThat(world.accounts.singleWrites).isEqualTo(1);
    }

    @Test
    void aRefusalComesFromAReadThatBeganAfterTheRequest() {
        // Given: another instance tops the account up, which this one does not know of
        CreditsCore other = world.core();
        world.settle(charge("ada", 100)).get();
        world.await(other.commands().grant("ada", CreditsWorld.purchased(50), world.key()));
        // When
        Reply<Posted> reply = world.settle(charge("ada", 50)).get();
        // Then
        assertThat(reply).isInstanceOf(Reply.Done.class);
        assertThat(world.accounts.decisions).isPositive();
    }

    @Test
    void aRefusalOfAnUnchangedAccountReadsOnceAndWritesNothing() {
        // When
        Reply<Posted> reply = world.settle(charge("ada", 101)).get();
        // Then
        assertThat(CreditsWorld.refused(reply).problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(world.accounts.decisions).isEqualTo(1);
        assertThat(world.accounts.singleWrites).isZero();
    }

    @Test
    void aRefusalBesideAWriteIsAnsweredOnlyOnceThatWriteIsCommitted() {
        // Given
        world.accounts.writes.latency = Duration.ofMillis(500);
        // When
        Asked<Reply<Posted>> granted = charge("ada", 60);
        Asked<Reply<Posted>> refused = charge("ada", 60);
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(refused.isSettled()).isFalse();
        world.settle(refused);
        assertThat(granted.get()).isInstanceOf(Reply.Done.class);
        assertThat(refused.get()).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void aGroupWhoseWriteIsLostIsDecidedAgain() {
        // Given: the other instance's write comes between this one's memory and its write
        CreditsCore other = world.core();
        world.await(other.commands().charge("ada", "credit", 50, world.key()));
        // When
        Asked<Reply<Posted>> fits = charge("ada", 40);
        Asked<Reply<Posted>> doesNot = charge("ada", 40);
        world.settle(doesNot);
        // Then
        assertThat(fits.get()).isInstanceOf(Reply.Done.class);
        assertThat(doesNot.get()).isInstanceOf(Reply.Refused.class);
        assertThat(world.vitals.racesLost).isEqualTo(1);
        assertThat(balance("ada")).isEqualTo(Credits.of(10));
    }

    @Test
    void sixteenLostRacesAreAnsweredBusy() {
        // Given: nothing is left to be trimmed, which would meet such a fault too
        world.time.advance(Duration.ofSeconds(3));
        for (int i = 0; i < 16; i++) {
            world.accounts.writes.next(Fault.LOST_RACE);
        }
        // When
        Asked<Reply<Posted>> asked = world.settle(charge("ada", 1));
        // Then
        assertThat(asked.fault).containsInstanceOf(AccountBusy.class);
        assertThat(world.accounts.singleWrites).isEqualTo(16);
        assertThat(balance("ada")).isEqualTo(Credits.of(100));
    }

    @Test
    void aWriteWhoseAnswerIsLostIsFoundAgainByItsKey() {
        for (Fault fault : List.of(Fault.UNKNOWN_DONE, Fault.UNKNOWN_NOT_DONE, Fault.UNKNOWN_LATER)) {
            // Given
            Credits before = balance("ada");
            world.accounts.writes.next(fault);
            // When
            Reply<Posted> reply = world.settle(charge("ada", 10)).get();
            world.time.advance(Duration.ofSeconds(5));
            // Then
            assertThat(reply).as(fault.name()).isInstanceOf(Reply.Done.class);
            assertThat(balance("ada")).as(fault.name()).isEqualTo(before.minus(Credits.of(10)));
        }
    }

    @Test
    void anUnreachableStoreIsAnsweredUnavailableNeverInsufficient() {
        // Given
        world.accounts.reads.isAway = true;
        // When
        Asked<Reply<Posted>> asked = world.settle(charge("ada", 101));
        // Then
        assertThat(asked.fault).containsInstanceOf(Unavailable.class);
    }

    @Test
    void anOperationIsAnsweredAfterTenSecondsAndNeverWrittenThen() {
        // Given
        world.accounts.writes.next(Fault.HANGS);
        Asked<Reply<Posted>> hanging = charge("ada", 1);
        world.time.advance(Duration.ofSeconds(1));
        Asked<Reply<Posted>> behind = charge("ada", 2);
        // When
        world.time.advance(Duration.ofSeconds(9));
        // Then
        assertThat(hanging.fault).as("its write may still arrive").containsInstanceOf(OutcomeUnknown.class);
        world.settle(behind);
        world.time.advance(Duration.ofSeconds(30));
        assertThat(balance("ada")).isEqualTo(Credits.of(98));
    }

    @Test
    void oneAccountThatHangsDoesNotFillTheWaitingRoom() {
        // Given
        CommitLimits few = new CommitLimits(
                8, Duration.ZERO, 128, 64, 16, Duration.ofSeconds(10), Duration.ofSeconds(1), 10, 100, 0);
        CreditsSettings usual = CreditsWorld.settings();
        CreditsCore small = world.core(new CreditsSettings(
                usual.tariff(), usual.limits(), few, usual.relay(), usual.pendingSweep(), usual.dueSweep()));
        world.accounts.writes.next(Fault.HANGS);
        Asked<Reply<Posted>> hanging = world.ask(small.commands().charge("ada", "credit", 1, world.key()));
        world.time.advance(Duration.ofMillis(100));
        // When
        for (int i = 0; i < 40; i++) {
            assertThat(world.await(small.commands().charge("bob", "credit", 1, world.key())))
                    .isInstanceOf(Reply.Done.class);
        }
        // Then
        assertThat(hanging.isSettled()).isFalse();
    }

    @Test
    void operationsThatWaitAreBounded() {
        // Given
        CommitLimits few = new CommitLimits(
                8, Duration.ZERO, 128, 64, 16, Duration.ofSeconds(10), Duration.ofSeconds(1), 10, 100, 0);
        CreditsSettings usual = CreditsWorld.settings();
        CreditsCore small = world.core(new CreditsSettings(
                usual.tariff(), usual.limits(), few, usual.relay(), usual.pendingSweep(), usual.dueSweep()));
        // When
        List<Asked<Reply<Posted>>> asked = IntStream.range(0, 11)
                .mapToObj(i -> world.ask(small.commands().charge("ada", "credit", 1, world.key())))
                .toList();
        // Then
        assertThat(asked.getLast().fault).containsInstanceOf(Unavailable.class);
        assertThat(world.settle(asked.getFirst()).get()).isInstanceOf(Reply.Done.class);
    }

    @Test
    void accountsThatAreReadyTogetherShareOneBulkWrite() {
        // When
        Asked<Reply<Posted>> ada = charge("ada", 1);
        Asked<Reply<Posted>> bob = charge("bob", 2);
        world.settle(ada);
        world.settle(bob);
        // Then
        assertThat(world.accounts.bulkWrites).isEqualTo(1);
        assertThat(world.accounts.singleWrites).isZero();
        assertThat(balance("ada")).isEqualTo(Credits.of(99));
        assertThat(balance("bob")).isEqualTo(Credits.of(98));
    }

    @Test
    void eachBatchLooksForItsOwnWriteWhenTheCountOfABulkIsShort() {
        // Given
        world.accounts.writes.next(Fault.LOST_RACE);
        // When
        Asked<Reply<Posted>> ada = charge("ada", 1);
        Asked<Reply<Posted>> bob = charge("bob", 2);
        world.settle(ada);
        world.settle(bob);
        // Then
        assertThat(ada.get()).isInstanceOf(Reply.Done.class);
        assertThat(bob.get()).isInstanceOf(Reply.Done.class);
        assertThat(balance("ada")).isEqualTo(Credits.of(99));
        assertThat(balance("bob")).isEqualTo(Credits.of(98));
    }

    @Test
    void aBulkOnStaleDocumentsHarmsNobody() {
        // Given
        CreditsCore fresh = world.core();
        world.accounts.isStale = true;
        world.await(core.commands().charge("ada", "ai_search", 1, world.key()));
        world.await(core.commands().charge("bob", "ai_search", 1, world.key()));
        // When
        Asked<Reply<Posted>> ada = world.ask(fresh.commands().charge("ada", "credit", 100, world.key()));
        Asked<Reply<Posted>> bob = world.ask(fresh.commands().charge("bob", "credit", 90, world.key()));
        world.settle(ada);
        world.settle(bob);
        // Then
        assertThat(CreditsWorld.refused(ada.get()).problem()).isEqualTo(ProblemType.INSUFFICIENT_CREDITS);
        assertThat(bob.get()).isInstanceOf(Reply.Done.class);
        assertThat(balance("bob")).isEqualTo(Credits.ZERO);
    }

    @Test
    void aBrokenOperationHarmsNoOtherOfItsGroup() {
        // Given: an amount that the rules cannot multiply
        Priced broken = new Priced("x", Long.MAX_VALUE, Credits.of(1));
        BatchDecision decision = BatchDecision.of(
                world.document("ada"),
                List.of(
                        work(new Command.Charge("ada", broken, world.key())),
                        work(new Command.Charge("ada", new Priced("x", 1, Credits.of(1)), world.key()))),
                new DecisionContext(world.time.now(), AccountLimits.DEFAULT, java.util.Map.of()));
        // Then
        assertThat(decision.verdicts().getFirst()).isInstanceOf(BatchDecision.Failed.class);
        assertThat(decision.verdicts().getLast()).isInstanceOf(BatchDecision.Decided.class);
        assertThat(decision.isChanged()).isTrue();
    }

    @Test
    void aHotAccountTakesMoreKeysThanItsRingHolds() {
        // Given
        world.await(core.commands().grant("ada", CreditsWorld.purchased(1_000), world.key()));
        // When
        List<Asked<Reply<Posted>>> asked =
                IntStream.range(0, 300).mapToObj(i -> charge("ada", 1)).toList();
        asked.forEach(world::settle);
        // Then
        assertThat(asked).allSatisfy(each -> assertThat(each.get()).isInstanceOf(Reply.Done.class));
        assertThat(balance("ada")).isEqualTo(Credits.of(800));
    }

    @Test
    void drainedEntriesLeaveWithTheNextWriteOrAfterAMomentOfQuiet() {
        // When
        world.settle(charge("ada", 1)).get();
        world.time.advance(Duration.ofMillis(50));
        assertThat(world.document("ada").outbox().entries()).isNotEmpty();
        world.settle(charge("ada", 1)).get();
        // Then
        assertThat(world.document("ada").outbox().entries())
                .extracting(Entry::type)
                .containsExactly(EntryType.CHARGED);
        // When
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        assertThat(world.document("ada").outbox().pending()).isNull();
    }

    private <R> PendingCommand<?> work(Command<R> command) {
        PendingCommand<?>[] pending = new PendingCommand<?>[1];
        io.smallrye.mutiny.Uni.createFrom()
                .<Reply<R>>emitter(asker -> pending[0] = new PendingCommand<>(
                        command, new Deadline(Long.MAX_VALUE, null), null, asker, () -> {}, world.time))
                .subscribe()
                .with(reply -> {}, fault -> {});
        return pending[0];
    }

    private Asked<Reply<Posted>> charge(String account, long credits) {
        return world.ask(core.commands().charge(account, "credit", credits, world.key()));
    }

    private Credits balance(String account) {
        return world.document(account).view(world.time.now()).balance();
    }
}
