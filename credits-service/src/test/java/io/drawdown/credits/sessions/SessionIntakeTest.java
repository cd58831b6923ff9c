package io.drawdown.credits.sessions;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.contracts.UsageReport;
import io.drawdown.credits.CreditsCore;
import io.drawdown.credits.testing.CreditsWorld;
import io.drawdown.credits.testing.CreditsWorld.Asked;
import io.drawdown.credits.testing.Fault;
import io.drawdown.kit.events.Received;
import io.drawdown.kit.events.Rejection;
import io.drawdown.kit.faults.Unavailable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.drawdown.credits.testing.CreditsWorld.TRACE;
import static org.assertj.core.api.Assertions.assertThat;

class SessionIntakeTest {

    private final CreditsWorld world = new CreditsWorld();
    private final CreditsCore core = world.core();

    @BeforeEach
    void startTwoSessions() {
        world.open(core, "ada", 90);
        world.open(core, "bob", 90);
        world.start(core, "ada", "a");
        world.start(core, "bob", "b");
        world.accounts.singleWrites = 0;
        world.accounts.bulkWrites = 0;
    }

    @Test
    void aBatchIsFoldedIntoOneWriteOfAllItsAccounts() {
        // When
        List<Rejection> rejections = world.await(core.handleUsage(Received.untraced(List.of(
                report(reading("ada", "a", 5_000), reading("bob", "b", 7_000)),
                report(reading("ada", "a", 12_000), reading("ada", "a", 9_000))))));
        // Then
        assertThat(rejections).isEmpty();
        assertThat(balances()).containsExactly(Credits.of(78), Credits.of(83));
        assertThat(world.accounts.bulkWrites).isEqualTo(1);
        assertThat(world.accounts.singleWrites).isZero();
    }

    @Test
    void anItemWhoseAccountAlwaysFailsIsRejectedAndTheOthersGoOn() {
        // Given
        MeterReading unknown = reading("nobody", "x", 5_000);
        // When
        List<Rejection> rejections =
                world.await(core.handleUsage(Received.untraced(List.of(report(unknown, reading("ada", "a", 5_000))))));
        // Then
        assertThat(rejections).containsExactly(new Rejection("nobody", unknown, "account-not-found"));
        assertThat(balances()).containsExactly(Credits.of(85), Credits.of(90));
    }

    @Test
    void aStoreThatIsAwayMeansTheWholeBatchAgain() {
        // Given
        List<UsageReport> batch = List.of(report(reading("ada", "a", 5_000), reading("bob", "b", 5_000)));
        world.accounts.writes.next(Fault.UNAVAILABLE);
        world.accounts.reads.isAway = true;
        // When
        Asked<List<Rejection>> first = world.settle(world.ask(core.handleUsage(Received.untraced(batch))));
        world.accounts.reads.isAway = false;
        List<Rejection> second = world.await(core.handleUsage(Received.untraced(batch)));
        // Then
        assertThat(first.fault).containsInstanceOf(Unavailable.class);
        assertThat(second).isEmpty();
        assertThat(balances()).containsExactly(Credits.of(85), Credits.of(85));
    }

    @Test
    void aBatchOfMoreSessionsThanMayWaitIsDoneAPartAtATime() {
        // Given
        List<UsageReport> batch = IntStream.range(0, 60)
                .mapToObj(record -> new UsageReport(IntStream.range(0, 1_000)
                        .mapToObj(i -> reading("ada", "ses_" + record + "_" + i, 5_000))
                        .toList()))
                .toList();
        // When
        List<Rejection> rejections = world.await(core.handleUsage(Received.untraced(batch)));
        // Then
        assertThat(rejections).isEmpty();
    }

    @Test
    void aReportAfterTheEndIsNormal() {
        // Given
        world.await(core.handleLifecycle(List.of(ended("ada", "a", 10_000))));
        // When
        List<Rejection> rejections =
                world.await(core.handleUsage(Received.untraced(List.of(report(reading("ada", "a", 20_000))))));
        // Then
        assertThat(rejections).isEmpty();
        assertThat(balances()).containsExactly(Credits.of(80), Credits.of(90));
    }

    @Test
    void anEndedSessionIsSettledFinallyAndReleasedOnce() {
        // When
        List<Rejection> rejections = world.await(core.handleLifecycle(List.of(
                ended("ada", "a", 10_000), ended("ada", "a", 10_000), ended("nobody", "x", 1_000), started("bob"))));
        // Then
        assertThat(rejections).extracting(Rejection::reason).containsExactly("account-not-found");
        assertThat(world.document("ada").holds()).isEmpty();
        assertThat(world.document("bob").holds()).hasSize(1);
        assertThat(balances()).containsExactly(Credits.of(80), Credits.of(90));
    }

    private List<Credits> balances() {
        return Stream.of("ada", "bob")
                .map(id -> world.document(id).view(world.time.now()).balance())
                .toList();
    }

    private static UsageReport report(MeterReading... readings) {
        return new UsageReport(List.of(readings));
    }

    private static MeterReading reading(String account, String session, long used) {
        return new MeterReading(account, session, 1, used);
    }

    private Received<SessionEvent> ended(String account, String session, long used) {
        return heard(new SessionEvent(
                SessionEvent.Type.ENDED,
                session,
                2,
                account,
                "live_dubbing",
                1,
                used,
                world.time.now(),
                EndReason.USER));
    }

    private Received<SessionEvent> started(String account) {
        return heard(new SessionEvent(
                SessionEvent.Type.STARTED, "b", 1, account, "live_dubbing", 1, 0, world.time.now(), null));
    }

    private static Received<SessionEvent> heard(SessionEvent event) {
        return new Received<>(event, TRACE);
    }
}
