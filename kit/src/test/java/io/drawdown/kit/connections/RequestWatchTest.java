package io.drawdown.kit.connections;

import io.drawdown.kit.time.LoopTicks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A connection with Netty's own codec, and a clock of the test. */
class RequestWatchTest {

    private static final Limits LIMITS =
            Limits.of(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(75));
    private static final String HEAD = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n";

    private final AtomicLong nanos = new AtomicLong();
    private final LoopTicks ticks = new LoopTicks(nanos::get);
    private final EmbeddedChannel connection = new EmbeddedChannel(
            new ArrivalWatch(loop -> ticks, () -> LIMITS), new HttpRequestDecoder(), new HttpResponseEncoder());

    @ParameterizedTest
    @ValueSource(
            strings = {"G", "GET /x HTTP/1.1\r\nHost: x\r\n", "\r\n", "GET /live HTTP/1.1\r\nUpgrade: websocket\r\n"})
    void aHeadThatStaysHalfSentIsAnsweredAndClosed(String half) {
        // Given
        says(half);
        passes(9);
        says("");
        assertThat(connection.isOpen()).isTrue();
        // When
        passes(2);
        // Then
        assertThat(heard()).startsWith("HTTP/1.1 408").contains("urn:drawdown:problem:request-timeout");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void headThatArrivesByteByByteGetsNoMoreTime() {
        for (String drop :
                "GET / HTTP/".codePoints().mapToObj(Character::toString).toList()) {
            says(drop);
            passes(1);
        }
        assertThat(heard()).startsWith("HTTP/1.1 408");
    }

    @Test
    void unfinishedBodyIsAnsweredAndTheConnectionClosed() {
        // Given
        says(HEAD + "ab");
        passes(19);
        says("c");
        assertThat(connection.isOpen()).isTrue();
        // When
        passes(2);
        // Then
        assertThat(heard()).startsWith("HTTP/1.1 408").contains("application/problem+json");
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void requestWithAnAnswerIsNotAnsweredAgainForItsBody() {
        // Given
        says(HEAD);
        answers();
        heard();
        // When
        passes(21);
        // Then
        assertThat(heard()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void rejectionWithoutABodyGetsAProblem() {
        // Given
        says("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        // When: as Quarkus does while the process stops
        connection.writeOutbound(new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE));
        // Then
        assertThat(heard())
                .startsWith("HTTP/1.1 503")
                .contains("urn:drawdown:problem:unavailable")
                .containsIgnoringCase("retry-after: 1")
                .containsIgnoringCase("connection: close");
    }

    @Test
    void answerToHeadHasNoBody() {
        // Given
        says("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
        // When
        connection.writeOutbound(new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE));
        // Then
        assertThat(heard()).startsWith("HTTP/1.1 503").doesNotContain("problem");
    }

    @Test
    void slowAnswerIsNotCutOff() {
        // Given
        says(HEAD + "abcd");
        // When
        passes(3_600);
        answers();
        // Then
        assertThat(heard()).startsWith("HTTP/1.1 200");
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void answerIsNotCutOffByTheNextRequestWhichHasItsOwnTime() {
        // Given
        says(HEAD + "abcd");
        says("GET /y");
        passes(30);
        assertThat(connection.isOpen()).isTrue();
        // When
        answers();
        passes(9);
        assertThat(connection.isOpen()).isTrue();
        passes(2);
        // Then
        assertThat(heard()).startsWith("HTTP/1.1 200").contains("HTTP/1.1 408");
    }

    @Test
    void answerThatTheClientDoesNotReadIsAbandoned() {
        // Given
        says(HEAD + "abcd");
        connection.writeOutbound(new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK));
        connection.writeOutbound(new DefaultHttpContent(Unpooled.copiedBuffer("some", UTF_8)));
        // When
        passes(59);
        assertThat(connection.isOpen()).isTrue();
        passes(2);
        // Then
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void idleConnectionIsClosedInTheEnd() {
        passes(0);
        passes(74);
        assertThat(connection.isOpen()).isTrue();
        passes(2);
        assertThat(heard()).isEmpty();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void connectionIsKeptForTheNextRequest() {
        // Given
        passes(70);
        says(HEAD + "abcd");
        answers();
        // When
        passes(74);
        // Then
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void streamOfEventsLastsAsLongAsItsPartsAreTaken() {
        // Given
        says("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
        DefaultHttpResponse head = new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("content-type", "text/event-stream").set("transfer-encoding", "chunked");
        connection.writeOutbound(head);
        // When
        for (int part = 0; part < 10; part++) {
            passes(50);
            connection.writeOutbound(new DefaultHttpContent(Unpooled.copiedBuffer(":\n\n", UTF_8)));
        }
        // Then
        assertThat(connection.isOpen()).isTrue();
        passes(61);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void webSocketIsLeftToItsPings() {
        // Given
        says("GET /live HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
        connection.writeOutbound(new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS));
        // When
        passes(86_400);
        // Then
        assertThat(connection.isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /LONG HTTP/1.1', 414, uri-too-long",
        "'GET / HTTP/1.1\r\nX: LONG', 431, headers-too-large",
        "'what is this', 400, malformed-uri",
        "'GET / HTTP/1.1\r\nContent-Length: many', 400, malformed-uri"
    })
    void whatCannotBeReadIsAnsweredWithAProblem(String head, int status, String problem) {
        // When
        says(head.replace("LONG", "x".repeat(10_000)) + "\r\n\r\n");
        // Then
        assertThat(heard())
                .startsWith("HTTP/1.1 " + status)
                .contains("urn:drawdown:problem:" + problem, "\"status\":" + status, "connection: close");
        assertThat(connection.isOpen()).isFalse();
        assertThat((Object) connection.readInbound()).isNull();
    }

    @Test
    void connectionThatIsNotHttpIsLeftAlone() {
        // Given
        EmbeddedChannel other = new EmbeddedChannel(new ArrivalWatch(loop -> ticks, () -> LIMITS));
        // When
        passes(86_400);
        // Then
        assertThat(other.isOpen()).isTrue();
    }

    private void says(String text) {
        connection.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
    }

    private void answers() {
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.OK);
        answer.headers().set("content-length", 0);
        connection.writeOutbound(answer);
        assertThat(answer).isInstanceOf(LastHttpContent.class);
    }

    private void passes(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        ticks.tick();
        connection.runPendingTasks();
    }

    private String heard() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = connection.readOutbound(); bytes != null; bytes = connection.readOutbound()) {
            text.append(bytes.toString(UTF_8));
        }
        return text.toString();
    }
}
