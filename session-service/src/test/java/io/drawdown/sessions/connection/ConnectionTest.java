package io.drawdown.sessions.connection;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.socket.Identity;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.testing.RecordingSocket;
import io.drawdown.sessions.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A socket before and around its session. */
class ConnectionTest {

    private static final Identity ADA = new Identity("ada", false, Instant.MAX);

    private final World world = new World();

    @Test
    void anAnonymousClientHasTenSeconds() {
        // Given
        RecordingSocket anonymous = world.client(null);
        // When
        world.time.advance(Duration.ofMillis(9_900));
        assertThat(anonymous.closeCode).isNull();
        world.time.advance(Duration.ofMillis(200));
        // Then
        assertThat(anonymous.closeCode).isEqualTo(4001);
    }

    @Test
    void anAnonymousClientCannotStart() {
        // Given
        RecordingSocket anonymous = world.client(null);
        // When
        anonymous.says(new ClientFrame.Start("live_dubbing", "ada", "k"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(anonymous.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.UNAUTHENTICATED);
        assertThat(anonymous.closeCode).isEqualTo(4001);
        assertThat(world.sessions.documents).isEmpty();
    }

    @Test
    void anAuthenticateFrameAuthenticates() {
        // Given
        world.credits.grant("ada", 10);
        world.identities.put("good", ADA);
        RecordingSocket client = world.client(null);
        // When
        client.says(new ClientFrame.Authenticate("good"));
        world.time.advance(Duration.ofMillis(20));
        client.says(new ClientFrame.Start("live_dubbing", null, "k"));
        world.time.advance(Duration.ofMillis(20));
        // Then
        assertThat(client.last(Frame.Started.class).session().account()).isEqualTo("ada");
    }

    @Test
    void aBadTokenClosesAnAnonymousClientButNotAnAuthenticatedOne() {
        // Given
        RecordingSocket anonymous = world.client(null);
        RecordingSocket authenticated = world.client(ADA);
        // When
        anonymous.says(new ClientFrame.Authenticate("bad"));
        authenticated.says(new ClientFrame.Authenticate("bad"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(anonymous.closeCode).isEqualTo(4001);
        assertThat(authenticated.closeCode).isNull();
        assertThat(authenticated.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.UNAUTHENTICATED);
    }

    @Test
    void aUserThatOpensSocketsTooFastIsToldWhenToComeBack() {
        // Given
        for (int socket = 0; socket < 10; socket++) {
            assertThat(world.client(ADA).closeCode).isNull();
        }
        // When
        RecordingSocket tooFast = world.client(ADA);
        RecordingSocket gateway = world.client(World.GATEWAY);
        world.time.advance(Duration.ofMillis(250));
        // Then
        assertThat(tooFast.last(Frame.Refused.class).problem().type()).isEqualTo(ProblemType.RATE_LIMITED);
        assertThat(tooFast.last(Frame.Refused.class).retryAfter()).isEqualTo(1);
        assertThat(tooFast.closeCode).isEqualTo(4029);
        assertThat(gateway.closeCode).isNull();
        assertThat(world.client(ADA).closeCode).isNull();
    }

    @Test
    void aUserHasSoManySocketsAtOnce() {
        // Given
        RecordingSocket first = world.client(ADA);
        for (int socket = 1; socket < 64; socket++) {
            world.time.advance(Duration.ofMillis(200));
            world.client(ADA).says(new ClientFrame.Ping());
        }
        world.time.advance(Duration.ofMillis(400));
        // When
        RecordingSocket oneMore = world.client(ADA);
        world.time.advance(Duration.ofMillis(10));
        // Then
        assertThat(oneMore.closeCode).isEqualTo(4029);
        // When
        first.breaks(1006);
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(world.client(ADA).closeCode).isNull();
    }

    @Test
    void anotherSubjectCannotReplaceTheFirst() {
        // Given
        world.identities.put("bobs", new Identity("bob", false, Instant.MAX));
        RecordingSocket ada = world.client(ADA);
        // When
        ada.says(new ClientFrame.Authenticate("bobs"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.FORBIDDEN);
    }

    @Test
    void anExpiredTokenStartsNothingButARunningSessionOutlivesIt() {
        // Given
        world.credits.grant("ada", 100);
        Identity brief = new Identity("ada", false, world.time.now().plusSeconds(5));
        RecordingSocket running = world.client(brief);
        running.says(new ClientFrame.Start("live_dubbing", null, "k"));
        RecordingSocket late = world.client(brief);
        world.time.advance(Duration.ofSeconds(6));
        // When
        late.says(new ClientFrame.Start("live_dubbing", null, "k2"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(late.closeCode).isEqualTo(4001);
        assertThat(running.closeCode).isNull();
    }

    @Test
    void aTokenWithinTheClockToleranceIsNotValidHere() {
        // Given
        Identity past = new Identity("ada", false, world.time.now().minusSeconds(1));
        world.identities.put("past", past);
        RecordingSocket anonymous = world.client(null);
        // When
        RecordingSocket authenticated = world.client(past);
        anonymous.says(new ClientFrame.Authenticate("past"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(authenticated.closeCode).isEqualTo(4001);
        assertThat(anonymous.closeCode).isEqualTo(4001);
    }

    @Test
    void aStartRightBehindAResumeServesNobodyUnheard() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket first = world.start("ada", "k");
        Frame.Running started = first.last(Frame.Started.class).session();
        first.says(new ClientFrame.End());
        world.time.advance(Duration.ofSeconds(1));
        RecordingSocket second = world.client(ADA);
        // When
        second.says(World.resume(started.sessionId(), started.resumeToken()));
        second.says(new ClientFrame.Start("live_dubbing", "ada", "k2"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(second.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(second.last(Frame.Ended.class).sessionId()).isEqualTo(started.sessionId());
        assertThat(world.sessions.documents).hasSize(1);
    }

    @Test
    void anIdleSocketIsClosed() {
        // Given
        RecordingSocket idle = world.client(ADA);
        // When
        world.time.advance(Duration.ofSeconds(31));
        // Then
        assertThat(idle.closeCode).isEqualTo(4008);
    }

    @Test
    void anIdleSocketDoesNotStayOpenByAuthenticatingAgain() {
        // Given
        world.identities.put("good", ADA);
        RecordingSocket idle = world.client(ADA);
        // When
        world.time.advance(Duration.ofSeconds(20));
        idle.says(new ClientFrame.Authenticate("good"));
        world.time.advance(Duration.ofSeconds(11));
        // Then
        assertThat(idle.closeCode).isEqualTo(4008);
    }

    @Test
    void aFloodIsClosedWith4029() {
        // Given
        RecordingSocket client = world.client(ADA);
        // When
        for (int frame = 0; frame < 101; frame++) {
            client.says(new ClientFrame.Ping());
        }
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(client.closeCode).isEqualTo(4029);
    }

    @Test
    void anUnreadableFrameIsAnErrorAndTooManyCloseTheSocket() {
        // Given
        RecordingSocket client = world.client(ADA);
        // When
        client.says(new ClientFrame.Unreadable(ProblemType.MALFORMED_JSON, "not JSON"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(client.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.MALFORMED_JSON);
        assertThat(client.closeCode).isNull();
        // When
        for (int frame = 0; frame < 20; frame++) {
            client.says(new ClientFrame.End());
        }
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(client.closeCode).isEqualTo(4008);
    }

    @Test
    void aSecondStartOnOneSocketIsAnErrorAndChangesNothing() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        // When
        ada.says(new ClientFrame.Start("live_dubbing", "ada", "k2"));
        world.time.advance(Duration.ofSeconds(1));
        // Then
        assertThat(ada.last(Frame.Error.class).problem().type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(ada.closeCode).isNull();
        assertThat(world.sessions.documents).hasSize(1);
    }

    @Test
    void onlyTheLatestFrameOfEachKindWaitsForASlowSocket() {
        // Given
        world.credits.grant("ada", 100);
        RecordingSocket ada = world.start("ada", "k");
        ada.latency = Duration.ofSeconds(3);
        int before = ada.frames.size();
        // When
        for (int grant = 0; grant < 10; grant++) {
            world.credits.grant("ada", 1);
            world.time.advance(Duration.ofMillis(100));
        }
        world.time.advance(Duration.ofSeconds(9));
        // Then
        List<Frame> later = ada.frames.subList(before, ada.frames.size());
        assertThat(later).hasSize(2);
        assertThat(ada.last(Frame.Balance.class).balance().micros()).isEqualTo(110_000_000);
    }
}
