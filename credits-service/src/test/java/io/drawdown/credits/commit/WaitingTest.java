package io.drawdown.credits.commit;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Entry;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.CreditsWorld.Asked;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands that wait for what the owners of sessions give back. */
class WaitingTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @BeforeEach
    void aSessionHoldsMostOfTheAccount() {
        world.open(core, "ada", 100);
        world.start(core, "ada", "s");
        world.time.advance(Duration.ofSeconds(1));
    }

    @Test
    void aChargeIsDecidedInTheGroupOfTheGiveBack() {
        // Given
        Asked<Reply<Posted>> charge = charge(core, 90);
        world.time.advance(Duration.ofMillis(100));
        assertThat(charge.isSettled()).isFalse();
        // When
        Funding.Answer given = world.await(giveBack(core, 1, 2_000));
        // Then
        assertThat(given.hold()).isNotNull();
        assertThat(charge.get()).isInstanceOf(Reply.Done.class);
        assertThat(world.vitals.groups.getLast()).isEqualTo(2);
    }

    @Test
    void aChargeIsRefusedAfterASecondOfSilence() {
        // When
        Asked<Reply<Posted>> charge = charge(core, 90);
        world.time.advance(Duration.ofMillis(900));
        // Then
        assertThat(charge.isSettled()).isFalse();
        // When
        world.time.advance(Duration.ofMillis(200));
        // Then
        assertThat(Objects.requireNonNull(CreditsWorld.refused(charge.get()).account())
                        .held())
                .isEqualTo(Credits.of(60));
        assertThat(types()).containsOnlyOnce(EntryType.GIVE_BACK_ASKED);
        // When
        Asked<Reply<Posted>> next = charge(core, 90);
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(next.get()).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void whereManyWaitAlreadyTheNextIsRefusedAtOnce() {
        // Given
        List<Asked<Reply<Posted>>> charges =
                IntStream.range(0, 100).mapToObj(i -> charge(core, 90)).toList();
        // When
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(charges.subList(0, BatchDecision.MOST_WAITING)).noneMatch(Asked::isSettled);
        assertThat(charges.subList(BatchDecision.MOST_WAITING, 100))
                .allSatisfy(each -> assertThat(each.get()).isInstanceOf(Reply.Refused.class));
        // When: a session is at its limit
        Asked<Funding.Answer> renewal =
                world.ask(core.commands().sessions().renew("s", new Funding.Renew("ada", 1, 59_500)));
        world.time.advance(Duration.ofMillis(100));
        // Then
        assertThat(renewal.isSettled()).isFalse();
    }

    @Test
    void whatComesBackThroughAnotherInstanceIsFound() {
        // Given
        CreditsCore other = world.core();
        Asked<Reply<Posted>> charge = charge(core, 90);
        world.time.advance(Duration.ofMillis(100));
        // When
        world.await(giveBack(other, 1, 2_000));
        world.time.advance(Duration.ofMillis(250));
        // Then
        assertThat(charge.get()).isInstanceOf(Reply.Done.class);
    }

    @Test
    void thoseThatWaitAreServedInOrderOfArrivalBeforeWhatComesLater() {
        // Given
        Asked<Reply<Posted>> first = charge(core, 60);
        Asked<Reply<Posted>> second = charge(core, 50);
        world.time.advance(Duration.ofMillis(100));
        // When
        Asked<Reply<Posted>> later = charge(core, 30);
        Asked<Funding.Answer> given = world.ask(giveBack(core, 1, 2_000));
        world.settle(given);
        // Then
        assertThat(first.get()).isInstanceOf(Reply.Done.class);
        assertThat(second.isSettled()).isTrue();
        assertThat(second.get()).isInstanceOf(Reply.Refused.class);
        assertThat(world.settle(later).get()).isInstanceOf(Reply.Done.class);
        assertThat(types()).containsOnlyOnce(EntryType.GIVE_BACK_ASKED);
    }

    @Test
    void anOwnerThatNeedsMoreWaitsBehindACharge() {
        // Given
        Asked<Reply<Posted>> charge = charge(core, 97);
        world.time.advance(Duration.ofMillis(100));
        // When
        Asked<Funding.Answer> renewal =
                world.ask(core.commands().sessions().renew("s", new Funding.Renew("ada", 1, 1_500)));
        world.settle(world.ask(giveBack(core, 1, 2_000)));
        world.settle(renewal);
        // Then
        assertThat(charge.get()).isInstanceOf(Reply.Done.class);
        assertThat(renewal.get().outcome()).isEqualTo(Outcome.FUNDED);
        assertThat(world.document("ada").hold("s").orElseThrow().fundedMillis()).isEqualTo(3_000);
    }

    @Test
    void aCommandWhoseDeadlinePassesWhileItWaitsDidNotHappen() {
        // Given
        CreditsCore stopping = core;
        Asked<Reply<Posted>> charge =
                world.ask(stopping.commands(new RequestContext(world.time.now().plusMillis(300), null))
                        .charge("ada", "credit", 90, world.key()));
        // When
        world.time.advance(Duration.ofMillis(400));
        // Then
        assertThat(charge.fault).isPresent();
        // When
        world.await(giveBack(core, 1, 2_000));
        world.time.advance(Duration.ofSeconds(2));
        // Then
        assertThat(types()).doesNotContain(EntryType.CHARGED);
    }

    @Test
    void theOwnersHearOfItInAnEvent() {
        // When
        charge(core, 90);
        world.time.advance(Duration.ofMillis(500));
        // Then
        List<AccountEvent> heard = world.publisher.decoded();
        assertThat(heard).last().extracting(AccountEvent::type).isEqualTo(EntryType.GIVE_BACK_ASKED);
    }

    private Asked<Reply<Posted>> charge(CreditsCore by, long units) {
        return world.ask(by.commands().charge("ada", "credit", units, world.key()));
    }

    private static Uni<Funding.Answer> giveBack(CreditsCore by, long cut, long funded) {
        return by.commands().sessions().giveBack("s", new Funding.GiveBack("ada", 1, cut, 1_000, funded));
    }

    private List<EntryType> types() {
        return world.entries("ada").stream().map(Entry::type).toList();
    }
}
