package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.ScriptedServer.Peer;
import io.drawdown.client.Subject.Surroundings;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A client names its tokens itself, so that no lost answer locks it out. */
class TokensTest {

    @Nested
    class OfTheJavaClient extends Tokens {
        @Override
        Subject subjectIn(Surroundings surroundings) {
            return new JavaSubject(surroundings);
        }
    }

    @Nested
    class OfTheBrowserModule extends Tokens {
        @Override
        Subject subjectIn(Surroundings surroundings) {
            return new BrowserSubject(surroundings);
        }
    }

    abstract static class Tokens extends ClientContract {

        private String named = "";

        /** The first frame of the client's next socket, after the one that it has was lost. */
        private Peer lost(Peer peer) {
            int waited = count("state:waiting");
            peer.kill();
            await(() -> count("state:waiting") > waited);
            loop.advance(loop.next().orElseThrow());
            return connected();
        }

        private Peer started() {
            client.start();
            Peer peer = connected();
            named = peer.frame().path("next_hash").asText();
            return goOn(peer, "started");
        }

        @Test
        void theClientComesBackWithTheTokenWhoseHashItNamedAndNamesTheNext() {
            // Given
            Peer peer = started();
            // When
            Peer next = lost(peer);
            JsonNode first = next.frame();
            JsonNode second = lost(goOn(next, "resumed")).frame();
            // Then
            assertThat(hashOfToken(first)).isEqualTo(named);
            assertThat(hashOfToken(second)).isEqualTo(first.path("next_hash").asText());
            assertThat(Stream.of(first, second).map(each -> each.path("attempt").asLong()))
                    .containsExactly(1L, 2L);
        }

        @Test
        void aStartWhoseAnswerWasLostGoesOnAsTheSessionThatAnotherInstanceRuns() {
            // Given
            client.start();
            Peer unanswered = connected();
            named = unanswered.frame().path("next_hash").asText();
            Peer elsewhere = lost(unanswered);
            JsonNode again = elsewhere.frame();
            // When
            elsewhere
                    .send(refused("session-elsewhere").replace("}}", "},\"session_id\":\"" + SESSION + "\"}"))
                    .close(1013);
            await(() -> client.heard().getLast().equals("state:waiting"));
            JsonNode resume = comesBack();
            // Then
            assertThat(again.path("next_hash").asText()).isEqualTo(named);
            assertThat(resume.path("type").asText()).isEqualTo("resume");
            assertThat(resume.path("session_id").asText()).isEqualTo(SESSION);
            assertThat(hashOfToken(resume)).isEqualTo(named);
            assertThat(resume.path("attempt").asLong()).isEqualTo(1);
            assertThat(client.outcome()).isEmpty();
        }

        @Test
        void anAttemptWithoutAnAnswerIsRepeatedWithTheSameTokensUnderAGreaterNumber() {
            // Given
            Peer unanswered = lost(started());
            JsonNode first = unanswered.frame();
            // When
            JsonNode second = lost(unanswered).frame();
            // Then
            assertThat(second.path("resume_token")).isEqualTo(first.path("resume_token"));
            assertThat(second.path("next_hash")).isEqualTo(first.path("next_hash"));
            assertThat(second.path("attempt").asLong())
                    .isGreaterThan(first.path("attempt").asLong());
        }

        @Test
        void aProcessThatDiedBeforeItsAnswerCameIsFollowedByOneWithTheSameTokens() {
            // Given
            JsonNode first = lost(started()).frame();
            client.detach();
            // When
            try (Subject later = subject()) {
                assertThat(later.resume()).isTrue();
                JsonNode second = connected().frame();
                // Then
                assertThat(second.path("next_hash")).isEqualTo(first.path("next_hash"));
                assertThat(second.path("attempt").asLong()).isEqualTo(2);
            }
        }

        private static String hashOfToken(JsonNode resume) {
            return Ticket.hash(resume.path("resume_token").asText());
        }
    }
}
