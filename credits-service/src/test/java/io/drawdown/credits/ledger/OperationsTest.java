package io.drawdown.credits.ledger;

import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.testing.CreditsWorld;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OperationsTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();
    private final Key key = world.key();

    @BeforeEach
    void open() {
        world.open(core, "ada", 10_000);
    }

    @Test
    void aKeyIsOpenUntilSomethingIsDoneUnderIt() {
        // When
        Operation before = find();
        Posted charged = charge(key);
        // Then
        assertThat(before).isInstanceOf(Operation.Open.class);
        assertThat(((Operation.Open) before).readAt()).isBeforeOrEqualTo(world.time.now());
        assertThat(find()).isEqualTo(new Operation.Done(charged.entry()));
    }

    @Test
    void anOperationIsFoundWhereverItsKeyIs() {
        // Given
        Posted charged = charge(key);
        // When, Then: its key in the outbox
        assertThat(find()).isEqualTo(new Operation.Done(charged.entry()));
        world.time.advance(Duration.ofSeconds(5));
        // When, Then: its key in the ledger alone
        assertThat(world.document("ada").outbox().entries()).isEmpty();
        assertThat(find()).isEqualTo(new Operation.Done(charged.entry()));
    }

    @Test
    void aCancelledOneIsShownWithItsVoidRowAtEveryInstance() {
        // When
        Posted cancelled = CreditsWorld.done(world.await(core.commands().cancel("ada", key.hash())));
        // Then
        assertThat(world.await(world.core().operation("ada", key.hash())).orElseThrow())
                .isEqualTo(new Operation.Cancelled(cancelled.entry()));
        assertThat(world.await(world.core().commands().charge("ada", "credit", 1, key)))
                .isInstanceOf(Reply.Refused.class);
        assertThat(world.check(core).isClean()).isTrue();
    }

    @Test
    void thereIsNothingWithoutAnAccount() {
        assertThat(world.await(core.operation("nobody", key.hash()))).isEmpty();
    }

    private Operation find() {
        return world.await(core.operation("ada", key.hash())).orElseThrow();
    }

    private Posted charge(Key identity) {
        return CreditsWorld.done(world.await(core.commands().charge("ada", "credit", 1, identity)));
    }
}
