package io.drawdown.credits.rules;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.GrantKind;
import io.drawdown.credits.AccountCommands;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.CreditsWorld.Asked;
import io.drawdown.credits.testing.Fault;
import io.drawdown.kit.faults.OutcomeUnknown;
import io.drawdown.kit.faults.Unavailable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a write whose answer is lost, and of an operation that came too late. */
class OutcomesTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @BeforeEach
    void open() {
        world.open(core, "ada", 0);
    }

    @Test
    void noCommandIsRefusedWhileAnEarlierWriteOfItMayStillArrive() {
        for (int millis = 4; millis < 30; millis++) {
            // Given: what would pay for it expires, some time around the next look; the first write is on its way
            String account = "late-" + millis;
            world.open(core, account, 0);
            Instant expiry = world.time.now().plusMillis(millis);
            NewGrant grant = new NewGrant(GrantKind.PROMO, Credits.of(10), 1, null, expiry);
            world.await(core.commands().grant(account, grant, world.key()));
            world.accounts.writes.next(Fault.UNKNOWN_LATER);
            // When
            Asked<Reply<Posted>> asked =
                    world.settle(world.ask(core.commands().charge(account, "credit", 1, world.key())));
            world.time.advance(Duration.ofSeconds(5));
            // Then
            boolean isCharged = world.entries(account).stream().anyMatch(entry -> entry.type() == EntryType.CHARGED);
            boolean isDenied = asked.answer
                            .filter(reply -> reply instanceof Reply.Refused)
                            .isPresent()
                    || asked.fault.filter(fault -> fault instanceof Unavailable).isPresent();
            assertThat(isCharged && isDenied)
                    .as("%s %s", asked.answer, asked.fault)
                    .isFalse();
        }
    }

    @Test
    void aReadThatTakesTooLongWroteNothing() {
        // Given: another instance has a document of its own to read first
        CreditsCore other = world.core();
        world.accounts.reads.next(Fault.HANGS);
        // When
        Asked<Reply<Posted>> asked = world.settle(charge(other.commands()));
        // Then
        assertThat(asked.fault).containsInstanceOf(Unavailable.class);
    }

    @Test
    void aRepeatedKeyThatCannotBeLookedUpIsNotTakenForANewOne() {
        // Given
        world.await(core.commands().grant("ada", CreditsWorld.purchased(10), world.key()));
        Key key = world.key();
        Posted first = CreditsWorld.done(world.await(core.commands().charge("ada", "credit", 1, key)));
        world.time.advance(Duration.ofSeconds(5));
        world.ledger.reads.isAway = true;
        // When
        Asked<Reply<Posted>> again = world.settle(world.ask(core.commands().charge("ada", "credit", 1, key)));
        // Then
        assertThat(again.fault).containsInstanceOf(Unavailable.class);
        world.ledger.reads.isAway = false;
        assertThat(world.await(core.commands().charge("ada", "credit", 1, key)))
                .isEqualTo(new Reply.Done<>(new Posted(first.entry(), true)));
    }

    @Test
    void aCommandThatArrivesAfterItsDeadlineIsNotWritten() {
        // Given
        grantUntil(null);
        AccountCommands late = core.commands(new RequestContext(world.time.now().minusMillis(1), null));
        int writes = world.accounts.singleWrites;
        // When
        Asked<Reply<Posted>> asked = world.settle(charge(late));
        // Then
        assertThat(asked.fault).containsInstanceOf(Unavailable.class);
        assertThat(world.accounts.singleWrites).isEqualTo(writes);
    }

    @Test
    void aGroupWithALateMemberIsDecidedWithoutIt() {
        // Given: both wait for a write that takes longer than one of them may wait
        grantUntil(null);
        world.accounts.writes.latency = Duration.ofMillis(500);
        Asked<Reply<Posted>> first = charge(core.commands());
        world.time.advance(Duration.ofMillis(100));
        Asked<Reply<Posted>> late =
                charge(core.commands(new RequestContext(world.time.now().plusMillis(200), null)));
        Asked<Reply<Posted>> other = charge(core.commands());
        // When
        world.settle(other);
        // Then
        assertThat(first.get()).isInstanceOf(Reply.Done.class);
        assertThat(other.get()).isInstanceOf(Reply.Done.class);
        assertThat(late.fault).containsInstanceOf(Unavailable.class);
        assertThat(charged()).isEqualTo(2);
    }

    @Test
    void aWriteThatWasHandedOverInTimeMayStillArriveAfterTheDeadline() {
        // Given
        grantUntil(null);
        world.accounts.writes.next(Fault.HANGS);
        Asked<Reply<Posted>> asked =
                charge(core.commands(new RequestContext(world.time.now().plusMillis(300), null)));
        // When
        world.time.advance(Duration.ofMillis(301));
        // Then
        assertThat(asked.fault).containsInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void aRetryIsNotHandedOverAfterTheDeadline() {
        // Given: the first write loses its race
        grantUntil(null);
        world.accounts.writes.latency = Duration.ofMillis(100);
        world.accounts.writes.next(Fault.LOST_RACE);
        // When
        Asked<Reply<Posted>> asked = world.settle(
                charge(core.commands(new RequestContext(world.time.now().plusMillis(100), null))));
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(asked.fault).isPresent();
        assertThat(charged()).isZero();
    }

    private void grantUntil(@Nullable Instant expiry) {
        NewGrant grant = new NewGrant(GrantKind.PROMO, Credits.of(10), 1, null, expiry);
        assertThat(world.await(core.commands().grant("ada", grant, world.key())))
                .isInstanceOf(Reply.Done.class);
    }

    private Asked<Reply<Posted>> charge(AccountCommands by) {
        return world.ask(by.charge("ada", "credit", 1, world.key()));
    }

    private long charged() {
        return world.entries("ada").stream()
                .filter(entry -> entry.type() == EntryType.CHARGED)
                .count();
    }
}
