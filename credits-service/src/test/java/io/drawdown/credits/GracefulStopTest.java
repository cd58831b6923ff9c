package io.drawdown.credits;

import io.drawdown.credits.account.Account;
import io.drawdown.credits.decision.Posted;
import io.drawdown.credits.decision.Reply;
import io.drawdown.credits.ledger.LedgerRow;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.CreditsWorld.Asked;
import io.drawdown.kit.faults.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GracefulStopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();
    private final List<Asked<Reply<Posted>>> charges = new ArrayList<>();

    @BeforeEach
    void open() {
        core.start();
        world.open(core, "ada", 1_000);
        world.open(core, "bob", 1_000);
    }

    @Test
    void everyCommittedEntryHasItsRowAndItsEventAndHasLeftItsOutbox() {
        // Given
        charge(20);
        // When
        Asked<Boolean> stopped = world.settle(world.ask(core.stopGracefully(PATIENCE)));
        // Then
        assertThat(stopped.get()).isTrue();
        assertThat(charges).allMatch(charge -> charge.get() instanceof Reply.Done);
        assertThat(world.accounts.documents.values()).allSatisfy(this::assertNothingLeft);
    }

    @Test
    void aRequestAfterTheStopIsToldThatNothingHappened() {
        // Given
        Asked<Boolean> stopped = world.ask(core.stopGracefully(PATIENCE));
        // When
        charge(2);
        world.settle(stopped);
        // Then
        assertThat(stopped.get()).isTrue();
        assertThat(charges).allMatch(charge -> charge.fault.orElseThrow() instanceof Unavailable);
        assertThat(world.entries("ada")).hasSize(2);
    }

    @Test
    void aBrokerThatIsAwayHoldsTheStopUpForItsTimeOnly() {
        // Given
        world.publisher.faults.isAway = true;
        charge(4);
        long begun = world.time.nanos();
        // When
        Asked<Boolean> stopped = world.settle(world.ask(core.stopGracefully(PATIENCE)));
        // Then
        assertThat(stopped.get()).isFalse();
        assertThat(Duration.ofNanos(world.time.nanos() - begun)).isBetween(PATIENCE, PATIENCE.plusMillis(100));
        assertThat(world.document("ada").outbox().entries()).isNotEmpty();
    }

    private void charge(int count) {
        for (int i = 0; i < count; i++) {
            charges.add(world.ask(core.commands().charge(i % 2 == 0 ? "ada" : "bob", "credit", 1, world.key())));
        }
    }

    private void assertNothingLeft(Account account) {
        assertThat(account.outbox().entries()).isEmpty();
        assertThat(account.outbox().pending()).isNull();
        List<String> all = LongStream.rangeClosed(1, account.seq())
                .mapToObj(seq -> LedgerRow.idOf(account.id(), seq))
                .toList();
        assertThat(world.ledger.rows.keySet()).containsAll(all);
        assertThat(world.publisher.ids(account.id())).containsExactlyElementsOf(all);
    }
}
