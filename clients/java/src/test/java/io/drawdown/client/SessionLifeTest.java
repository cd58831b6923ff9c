package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.ScriptedServer.Peer;
import io.drawdown.client.Subject.Surroundings;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client tells of a session, how it notices silence, and how it ends or leaves a session. */
class SessionLifeTest {

    @Nested
    class OfTheJavaClient extends Lives {
        @Override
        Subject subjectIn(Surroundings surroundings) {
            return new JavaSubject(surroundings);
        }
    }

    @Nested
    class OfTheBrowserModule extends Lives {
        @Override
        Subject subjectIn(Surroundings surroundings) {
            return new BrowserSubject(surroundings);
        }
    }

    abstract static class Lives extends ClientContract {

        @Test
        void moneyIsToldInTheOrderOfItsSeqWhateverFrameTellsIt() {
            // Given
            Peer peer = live();
            // When
            peer.send(balance(5, "27.5")).send(balance(4, "28")).send(balance(5, "27.5"));
            peer.send("{\"type\":\"warning\",\"level_percent\":20,\"balance\":26,\"armed_balance\":30,\"seq\":6}");
            peer.send(running("resumed", 3, "29"));
            await(() -> count("frame:resumed") == 1);
            // Then
            assertThat(client.heard())
                    .filteredOn(each -> each.startsWith("money"))
                    .containsExactly("money:2=30", "money:5=27.5", "money:6=26");
            assertThat(count("frame:balance")).isEqualTo(2);
        }

        @Test
        void aFrameOfALaterVersionIsTold() {
            // Given
            Peer peer = live();
            // When
            peer.send("{\"type\":\"novel\",\"field\":1}");
            // Then
            await(() -> count("frame:novel") == 1);
        }

        @Test
        void aServiceThatIsSilentIsAskedAndThenLeft() {
            // Given
            Peer peer = live();
            // When
            loop.advance(Duration.ofSeconds(10));
            // Then
            assertThat(peer.frame().path("type").asText()).isEqualTo("ping");
            peer.send("{\"type\":\"pong\"}");
            await(() -> count("frame:pong") == 1);
            loop.advance(Duration.ofSeconds(10));
            assertThat(peer.frame().path("type").asText()).isEqualTo("ping");
            loop.advance(Duration.ofSeconds(5));
            awaitWaiting();
            assertThat(comesBack().path("type").asText()).isEqualTo("resume");
        }

        @Test
        void whatComesTooLateOverAnEarlierSocketIsNotHeard() {
            // Given
            client.start();
            Peer slow = connected();
            slow.frame();
            // When
            loop.advance(Duration.ofSeconds(10));
            awaitWaiting();
            loop.advance(loop.next().orElseThrow());
            Peer next = connected();
            next.frame();
            slow.trySend(running("started", 9, "1"));
            goOn(next, "started");
            // Then
            assertThat(client.heard()).contains("money:2=30").doesNotContain("money:9=1");
        }

        @Test
        void anotherNetworkIsNoticedAtOnce() {
            // Given
            Peer peer = live();
            // When
            client.online();
            // Then
            assertThat(peer.frame().path("type").asText()).isEqualTo("ping");
        }

        @Test
        void aPauseIsAskedForAndEnds() {
            // Given
            Peer peer = live();
            // When
            client.pause(true);
            client.pause(false);
            client.unpause();
            // Then
            assertThat(peer.frame().path("release").asBoolean()).isTrue();
            JsonNode pause = peer.frame();
            assertThat(pause.path("type").asText()).isEqualTo("pause");
            assertThat(pause.path("release").asBoolean()).isFalse();
            assertThat(peer.frame().path("type").asText()).isEqualTo("continue");
        }

        @Test
        void anEndIsSentAndAnswered() {
            // Given
            Peer peer = live();
            // When
            client.end();
            // Then
            assertThat(peer.frame().path("type").asText()).isEqualTo("end");
            peer.send(ended("user")).close(1000);
            await(() -> client.outcome().equals("ended 1000"));
        }

        @Test
        void anEndWithoutAnAnswerIsSentAgainOverTheNextSocket() {
            // Given
            Peer peer = live();
            // When
            client.end();
            assertThat(peer.frame().path("type").asText()).isEqualTo("end");
            peer.kill();
            awaitWaiting();
            loop.advance(loop.next().orElseThrow());
            Peer next = connected();
            next.frame();
            goOn(next, "resumed");
            // Then
            assertThat(next.frame().path("type").asText()).isEqualTo("end");
            next.send(ended("user")).close(1000);
            await(() -> client.outcome().equals("ended 1000"));
        }

        @Test
        void anEndThatIsWantedWithoutASocketIsNotForgottenByALaterProcess() {
            // Given
            live().kill();
            awaitWaiting();
            server.refuse(1);
            client.end();
            loop.advance(Duration.ZERO);
            await(() -> server.refused() == 1);
            // When
            try (Subject later = subject()) {
                client.detach();
                assertThat(later.resume()).isTrue();
                Peer next = connected();
                assertThat(next.frame().path("type").asText()).isEqualTo("resume");
                next.send(running("resumed", 2, "30"));
                // Then
                assertThat(next.frame().path("type").asText()).isEqualTo("end");
                next.send(ended("user")).close(1000);
                await(() -> later.outcome().equals("ended 1000"));
            }
        }

        @Test
        void aPageThatIsLoadedAgainGoesOn() {
            // Given
            Peer peer = live();
            client.detach();
            assertThat(peer.closedWith()).isEqualTo(4000);
            // When
            try (Subject page = subject()) {
                assertThat(page.resume()).isTrue();
                Peer next = connected();
                // Then
                assertThat(next.frame().path("session_id").asText()).isEqualTo(SESSION);
                next.send(running("resumed", 3, "29"));
                await(() -> page.heard().contains("state:live"));
            }
            assertThat(client.outcome()).isEqualTo("detached 4000");
        }

        @Test
        void withoutATicketThereIsNothingToGoOnWith() {
            // When
            boolean resumed = client.resume();
            // Then
            assertThat(resumed).isFalse();
            assertThat(server.hasNext()).isFalse();
        }
    }
}
