package io.drawdown.sessions.recovery;

import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.Rate;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.ResumeToken;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionDocument.Origin;
import io.drawdown.sessions.document.SessionDocument.Owner;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.Instance;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An end that is wanted elsewhere, and an owner that does not answer. */
class UnansweredEndsTest {

    private final World world = new World();
    private final Instance owner = world.another("two");
    private final RecordingSocket ada = started();
    private final String id = world.id(ada);

    private RecordingSocket started() {
        world.credits.grant("ada", 1_000);
        RecordingSocket socket = owner.client();
        socket.says(new ClientFrame.Start("live_dubbing", "ada", "k"));
        world.time.advance(Duration.ofMillis(7_300));
        return socket;
    }

    private SessionDocument stored() {
        return world.sessions.one(id);
    }

    private Ended ended() {
        return stored().ended().orElseThrow(() -> new AssertionError(stored().toString()));
    }

    private void want(SessionsCore at) {
        at.end(id, EndReason.USER, null).subscribe().with(view -> {});
    }

    @Test
    void isTakenAfterTwoSecondsAndEndsAtWhatIsProved() {
        // Given
        owner.sleep();
        // When
        want(world.core());
        world.time.advance(Duration.ofMillis(1_900));
        // Then
        assertThat(stored().isOpen()).isTrue();
        // When
        world.time.advance(Duration.ofMillis(1_400));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.OWNER_LOST);
        assertThat(ended().usedMillis()).isBetween(2_000L, 7_400L);
        assertThat(stored().owner().epoch()).isEqualTo(2);
        long total = ended().usedMillis();
        // When: the owner wakes
        owner.wake();
        world.time.advance(Duration.ofSeconds(6));
        // Then
        assertThat(owner.media.isServed(id)).isFalse();
        assertThat(ended().usedMillis()).isEqualTo(total);
        assertThat(ada.closeCode).isNotNull();
    }

    @Test
    void anOwnerThatEndsWhatWasTakenFromItUnnoticedStopsItFirst() {
        // Given: who took it dies before credits-service hears of it
        owner.sleep();
        world.credits.away = true;
        want(world.core());
        world.time.advance(Duration.ofMillis(3_200));
        assertThat(stored().owner().epoch()).isEqualTo(2);
        world.crash();
        owner.wake();
        world.credits.away = false;
        // When
        while (stored().isOpen()) {
            world.time.advance(Duration.ofMillis(1));
        }
        // Then
        assertThat(stored().owner().epoch()).isEqualTo(3);
        assertThat(owner.media.isServed(id)).isFalse();
    }

    @Test
    void anyInstanceDoesItIfWhoeverAskedIsGone() {
        // Given
        Instance asker = world.another("three");
        owner.sleep();
        // When
        want(asker.core);
        world.time.advance(Duration.ofMillis(50));
        asker.crash();
        world.time.advance(Duration.ofMillis(3_700));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.OWNER_LOST);
    }

    @Test
    void aSilentOwnerLosesTheSessionsOfAnAccountThatIsSuspended() {
        // Given
        owner.sleep();
        // When
        world.credits.suspend("ada");
        world.time.advance(Duration.ofMillis(3_900));
        // Then
        assertThat(stored().isOpen()).isTrue();
        // When
        world.time.advance(Duration.ofMillis(1_600));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.OWNER_LOST);
        assertThat(stored().owner().epoch()).isEqualTo(2);
    }

    @Test
    void aSuspensionThatIsLiftedMeanwhileEndsNothing() {
        // Given
        owner.sleep();
        world.credits.suspend("ada");
        world.time.advance(Duration.ofMillis(1_500));
        // When
        world.credits.reinstate("ada");
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(stored().isEndWanted()).isFalse();
        assertThat(world.credits.questions).doesNotContain("standing ada");
    }

    @Test
    void aSuspensionThatIsHeardOfAfterItWasLiftedEndsNothing() {
        // Given: the news of both are on their way for long
        owner.hearsAccounts = false;
        world.credits.eventDelay = Duration.ofSeconds(3);
        world.credits.suspend("ada");
        world.credits.eventDelay = Duration.ofSeconds(30);
        // When
        world.credits.reinstate("ada");
        world.time.advance(Duration.ofSeconds(6));
        // Then
        assertThat(world.credits.questions).contains("standing ada");
        assertThat(stored().isEndWanted()).isFalse();
    }

    @Test
    void aDatabaseThatIsAwayDoesNotSaveTheSessionsOfASuspendedAccount() {
        // Given
        owner.hearsAccounts = false;
        world.credits.suspend("ada");
        world.time.advance(Duration.ofMillis(1_900));
        // When
        world.credits.away = true;
        world.time.advance(Duration.ofSeconds(3));
        world.credits.away = false;
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.SUSPENDED);
    }

    @Test
    void anOwnerThatMissedTheSuspensionIsToldInTheDocument() {
        // Given
        owner.hearsAccounts = false;
        // When
        world.credits.suspend("ada");
        world.time.advance(Duration.ofSeconds(4));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.SUSPENDED);
        assertThat(stored().owner().epoch()).isEqualTo(1);
        assertThat(owner.media.served(id).toMillis()).isEqualTo(ended().usedMillis());
    }

    @Test
    void anOwnerThatAnswersEndsItAtItsTotal() {
        // When
        want(world.core());
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ada.last(Frame.Ended.class).reason()).isEqualTo(EndReason.USER);
        assertThat(stored().owner().epoch()).isEqualTo(1);
        assertThat(owner.media.served(id).toMillis()).isEqualTo(ended().usedMillis());
    }

    @Test
    void anOwnerThatIsNotToldFindsItInTheDocument() {
        // Given
        owner.hearsControl = false;
        // When
        want(world.core());
        world.time.advance(Duration.ofSeconds(5));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.USER);
        assertThat(stored().owner().epoch()).isEqualTo(1);
    }

    @Test
    void anOwnerThatHasManyToEndIsGivenTheTime() {
        // Given: sessions of one owner, whose ends are wanted
        SessionDocument first = wanted("ses_first");
        SessionDocument second = wanted("ses_second");
        wanted("ses_third");
        world.time.advance(Duration.ofMillis(1_500));
        // When: it ends one of them each second and a half
        end(first);
        world.time.advance(Duration.ofMillis(1_500));
        end(second);
        world.time.advance(Duration.ofMillis(1_500));
        // Then
        assertThat(world.sessions.one("ses_third").owner().epoch()).isEqualTo(1);
        // When: and then no more
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(world.sessions.one("ses_third").owner().epoch()).isEqualTo(2);
    }

    private SessionDocument wanted(String name) {
        SessionDocument session = SessionDocument.starting(
                        name,
                        new Origin("ada", "live_dubbing", "hash", world.time.now(), null, null),
                        new Owner("slow-1", "slow", 1))
                .run(new Rate("live_dubbing", Credits.of(1), 1_000), ResumeToken.first("hash"), world.time.now())
                .wantEnd(EndReason.USER, null)
                .written("w", 0);
        world.sessions.documents.put(name, session);
        return session;
    }

    private void end(SessionDocument session) {
        world.sessions.documents.put(
                session.id(), session.end(EndReason.USER, 0, world.time.now()).written("w", 0));
    }

    @Test
    void whatCannotBeProvedNowIsNotEnded() {
        // Given
        owner.sleep();
        world.broker.away = true;
        // When
        want(world.core());
        world.time.advance(Duration.ofMillis(3_500));
        // Then
        assertThat(stored().isOpen()).isTrue();
        // When
        world.broker.away = false;
        world.time.advance(Duration.ofSeconds(3));
        // Then
        assertThat(ended().reason()).isEqualTo(EndReason.OWNER_LOST);
        assertThat(ended().usedMillis()).isGreaterThan(2_000);
    }
}
