package io.drawdown.credits;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.GrantKind;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.TraceContext;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.account.Key;
import io.drawdown.credits.commit.RequestContext;
import io.drawdown.credits.decision.NewGrant;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.Received;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.testing.CreditsWorld.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

/** An event carries the trace context of the request that caused it, and no other event does. */
class TraceTest {

    private static final TraceContext OTHER =
            new TraceContext("00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", null);

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @BeforeEach
    void open() {
        world.open(core, "ada", 100);
    }

    private AccountCommands in(TraceContext trace) {
        return core.commands(RequestContext.of(trace));
    }

    private List<@Nullable TraceContext> traces(EntryType type) {
        world.time.advance(Duration.ofSeconds(1));
        return world.publisher.events.stream()
                .filter(event -> event.type().equals(type.eventType()))
                .map(CloudEvent::trace)
                .toList();
    }

    @Test
    void everythingThatARequestCausesCarriesItsContext() {
        // When
        world.await(in(TRACE).open("bob", List.of(CreditsWorld.purchased(100)), "opening"));
        world.await(in(TRACE).charge("bob", "credit", 85, world.key()));
        // Then
        assertThat(traces(EntryType.OPENED)).containsExactly(null, TRACE);
        assertThat(traces(EntryType.GRANTED)).containsExactly(null, TRACE);
        assertThat(traces(EntryType.CHARGED)).containsExactly(TRACE);
        assertThat(traces(EntryType.THRESHOLD_CROSSED)).containsExactly(TRACE);
    }

    @Test
    void repeatedRequestLeavesTheContextOfTheFirst() {
        // Given
        Key key = world.key();
        // When
        world.await(in(TRACE).charge("ada", "credit", 1, key));
        world.await(in(OTHER).charge("ada", "credit", 1, key));
        // Then
        assertThat(traces(EntryType.CHARGED)).containsExactly(TRACE);
    }

    @Test
    void requestsThatShareAWriteKeepTheirOwnContexts() {
        // Given
        int writes = world.accounts.singleWrites;
        // When
        world.ask(in(TRACE).charge("ada", "credit", 1, world.key()));
        world.ask(core.commands().charge("ada", "credit", 1, world.key()));
        world.await(in(OTHER).charge("ada", "credit", 1, world.key()));
        // Then
        assertThat(world.accounts.singleWrites).isEqualTo(writes + 1);
        assertThat(traces(EntryType.CHARGED)).containsExactly(TRACE, null, OTHER);
    }

    @Test
    void whatTimeDidBeforeARequestCarriesNone() {
        // Given: a grant whose expiry lowers the balance below a level
        NewGrant promo = new NewGrant(
                GrantKind.PROMO,
                Credits.of(900),
                NewGrant.DEFAULT_PRIORITY,
                null,
                world.time.now().plusMillis(100));
        world.await(core.commands().grant("ada", promo, world.key()));
        world.time.advance(Duration.ofMillis(200));
        // When
        world.await(in(TRACE).charge("ada", "credit", 1, world.key()));
        // Then
        assertThat(traces(EntryType.EXPIRED)).containsOnly((TraceContext) null).hasSize(1);
        assertThat(traces(EntryType.THRESHOLD_CROSSED)).containsOnlyNulls().isNotEmpty();
        assertThat(traces(EntryType.CHARGED)).containsExactly(TRACE);
    }

    @Test
    void endOfASessionCarriesTheContextOfItsEventAndUsageNone() {
        // Given
        world.await(in(TRACE).sessions().start("a", new Funding.Start("ada", "live_dubbing")));
        // When
        world.await(core.handleUsage(
                Received.untraced(List.of(new UsageReport(List.of(new MeterReading("ada", "a", 1, 5_000)))))));
        world.await(core.handleLifecycle(List.of(new Received<>(ended(), OTHER))));
        // Then
        assertThat(traces(EntryType.HELD)).containsExactly(TRACE);
        assertThat(traces(EntryType.SETTLED)).first().isNull();
        assertThat(traces(EntryType.RELEASED)).containsExactly(OTHER);
    }

    private SessionEvent ended() {
        return new SessionEvent(
                SessionEvent.Type.ENDED, "a", 2, "ada", "live_dubbing", 1, 10_000, world.time.now(), EndReason.USER);
    }
}
