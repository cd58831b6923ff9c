package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.ScriptedServer.Peer;
import io.drawdown.client.Subject.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When a client comes back, when, with what, and when it does not. */
class ReconnectTest {

    @Nested
    class OfTheJavaClient extends Reconnects {
        @Override
        Subject subjectIn(Surroundings surroundings) {
            return new JavaSubject(surroundings);
        }
    }

    @Nested
    class OfTheBrowserModule extends Reconnects {
        @Override
        Subject subjectIn(Surroundings surroundings) {
            return new BrowserSubject(surroundings);
        }
    }

    abstract static class Reconnects extends ClientContract {

        @Test
        void aBrokenSocketIsReplacedAndTheSessionResumed() {
            // Given
            Peer peer = live();
            // When
            peer.kill();
            awaitWaiting();
            loop.advance(loop.next().orElseThrow());
            Peer next = connected();
            // Then
            JsonNode resume = next.frame();
            assertThat(resume.path("type").asText()).isEqualTo("resume");
            assertThat(resume.path("session_id").asText()).isEqualTo(SESSION);
            goOn(next, "resumed");
            assertThat(client.heard())
                    .containsSubsequence("state:live", "state:waiting", "state:connecting", "state:live");
        }

        @Test
        void aStartWithoutAnAnswerIsSentAgainUnderItsKey() {
            // Given
            client.start();
            Peer peer = connected();
            JsonNode first = peer.frame();
            // When
            peer.kill();
            awaitWaiting();
            JsonNode second = comesBack();
            // Then
            assertThat(second).isEqualTo(first);
            assertThat(first.path("type").asText()).isEqualTo("start");
            assertThat(first.path("start_key").asText()).isEqualTo("key-1");
            assertThat(first.path("account").asText()).isEqualTo("ada");
        }

        @Test
        void eachTryWaitsTwiceAsLongUpToTenSecondsAndTheNetworkBeginsAnew() {
            // Given: half of each wait is random, and half of that is what the test rolls
            server.refuse(8);
            client.start();
            loop.advance(Duration.ZERO);
            // When
            List<Long> waits = IntStream.range(1, 9)
                    .mapToObj(tried -> {
                        await(() -> server.refused() == tried && count("state:waiting") == tried);
                        Duration wait = loop.next().orElseThrow();
                        if (tried < 8) {
                            loop.advance(wait);
                        }
                        return wait.toMillis();
                    })
                    .toList();
            client.online();
            Peer peer = connected();
            peer.frame();
            peer.kill();
            await(() -> count("state:waiting") == 9);
            // Then
            assertThat(waits).containsExactly(187L, 375L, 750L, 1_500L, 3_000L, 6_000L, 7_500L, 7_500L);
            assertThat(loop.next()).contains(Duration.ofMillis(187));
        }

        @Test
        void anInstanceThatRestartsSaysWhenToComeBack() {
            // Given
            Peer peer = live();
            // When
            peer.send("{\"type\":\"restarting\",\"retry_after\":7}").close(1012);
            awaitWaiting();
            // Then
            assertThat(loop.next()).contains(Duration.ofMillis(7_187));
            assertThat(comesBack().path("type").asText()).isEqualTo("resume");
        }

        @ParameterizedTest
        @ValueSource(ints = {1001, 1011, 1012, 1013})
        void whatAnotherSocketMayChangeIsTriedAgain(int code) {
            // Given
            Peer peer = live();
            // When
            peer.close(code);
            awaitWaiting();
            // Then
            assertThat(comesBack().path("type").asText()).isEqualTo("resume");
        }

        @Test
        void aRefusalThatMayPassIsTriedAgain() {
            // Given
            client.start();
            Peer peer = connected();
            peer.frame();
            // When
            peer.send(refused("outcome-unknown")).close(1013);
            awaitWaiting();
            // Then
            assertThat(comesBack().path("start_key").asText()).isEqualTo("key-1");
            assertThat(client.outcome()).isEmpty();
        }

        @Test
        void aLimitOfConnectionsIsGivenFiveSeconds() {
            // Given
            client.start();
            Peer peer = connected();
            peer.frame();
            // When
            peer.send(refused("rate-limited")).close(4029);
            awaitWaiting();
            // Then
            assertThat(loop.next()).contains(Duration.ofMillis(5_187));
        }

        @Test
        void aRefusalThatMayPassMaySayWhen() {
            // Given
            client.start();
            Peer peer = connected();
            peer.frame();
            // When
            peer.send(refused("rate-limited").replace("}}", "},\"retry_after\":9}"))
                    .close(4029);
            awaitWaiting();
            // Then
            assertThat(loop.next()).contains(Duration.ofMillis(9_187));
        }

        @Test
        void aSocketThatLivesAMomentEachTimeIsNoReasonToHurry() {
            // Given
            Peer peer = live();
            // When
            List<Long> waits = new ArrayList<>();
            for (int lived = 0; lived < 4; lived++) {
                peer.kill();
                awaitWaiting();
                waits.add(loop.next().orElseThrow().toMillis());
                loop.advance(loop.next().orElseThrow());
                peer = connected();
                peer.frame();
                goOn(peer, "resumed");
            }
            loop.advance(Duration.ofSeconds(10));
            peer.kill();
            awaitWaiting();
            // Then
            assertThat(waits).containsExactly(187L, 375L, 750L, 1_500L);
            assertThat(loop.next()).as("after one that lived").contains(Duration.ofMillis(187));
        }

        @Test
        void noNetworkAndNoEndIsAReasonToComeBackEarlierThanAsked() {
            // Given
            live().send("{\"type\":\"restarting\",\"retry_after\":7}").close(1012);
            awaitWaiting();
            loop.advance(Duration.ofSeconds(2));
            // When
            client.online();
            client.end();
            // Then
            assertThat(loop.next()).contains(Duration.ofSeconds(5));
            Peer limited = waited();
            limited.close(4029);
            awaitWaiting();
            client.online();
            assertThat(loop.next()).contains(Duration.ofSeconds(5));
            assertThat(waited().frame().path("type").asText()).isEqualTo("resume");
        }

        private Peer waited() {
            loop.advance(loop.next().orElseThrow());
            return connected();
        }

        @ParameterizedTest
        @ValueSource(ints = {1000, 1002, 1009, 4001, 4003, 4004, 4008, 4009})
        void whatAnotherSocketWouldNotChangeIsTheEnd(int code) {
            // Given
            Peer peer = live();
            // When
            peer.close(code);
            await(() -> !client.outcome().isEmpty());
            // Then
            assertThat(client.outcome()).isEqualTo("closed " + code);
            assertThat(loop.next()).isEmpty();
            assertThat(store.load()).as("somebody may still need it").isPresent();
        }

        @ParameterizedTest
        @CsvSource({
            "insufficient-credits, 4003",
            "account-suspended, 4004",
            "too-many-sessions, 4029",
            "forbidden, 4008",
            "invalid-request, 4008"
        })
        void aRefusalIsTheEnd(String problem, int code) {
            // Given
            client.start();
            Peer peer = connected();
            peer.frame();
            // When
            peer.send(refused(problem)).close(code);
            await(() -> !client.outcome().isEmpty());
            // Then
            assertThat(client.outcome()).isEqualTo("refused " + code);
            assertThat(loop.next()).isEmpty();
            assertThat(store.load()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {1000, 1012, 1013, 4003})
        void anEndIsTheEndWhateverItsCode(int code) {
            // Given
            Peer peer = live();
            // When
            peer.send(ended("exhausted")).close(code);
            await(() -> !client.outcome().isEmpty());
            // Then
            assertThat(client.outcome()).isEqualTo("ended " + code);
            assertThat(loop.next()).isEmpty();
            assertThat(store.load()).isEmpty();
        }

        @Test
        void anEndWhoseSocketIsNotClosedIsTheEndAfterFiveSeconds() {
            // Given
            Peer peer = live();
            peer.send(ended("user"));
            await(() -> count("frame:ended") == 1);
            // When
            loop.advance(Duration.ofSeconds(5));
            // Then
            assertThat(client.outcome()).isEqualTo("ended 1006");
            assertThat(peer.closedWith()).isNotEqualTo(1000);
        }

        @Test
        void itGivesUpAfterTenMinutes() {
            // Given
            Peer peer = live();
            server.refuse(1_000);
            peer.kill();
            awaitWaiting();
            // When
            for (int tried = 0; client.outcome().isEmpty(); tried++) {
                int before = tried;
                loop.advance(loop.next().orElseThrow());
                await(() ->
                        server.refused() > before && client.heard().getLast().matches("state:(waiting|over)"));
            }
            // Then
            assertThat(client.outcome()).isEqualTo("lost 1006");
            assertThat(Duration.ofNanos(loop.nanos())).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
            assertThat(store.load()).isPresent();
        }
    }
}
