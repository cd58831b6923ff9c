package io.drawdown.kit.connections;

import io.drawdown.contracts.ProblemType;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows what a connection is waiting for. If a client leaves a request half sent, it gets {@code request-timeout},
 * provided that an answer can still be written, and the connection is closed. While the service works on a request,
 * nothing is closed: a slow answer is our own fault. Bytes that cannot be read as a request are answered too. When
 * Quarkus rejects a request without a body because the process stops, the client gets {@code unavailable}. A stream of
 * events may last: each part of it must be taken in time. After an upgrade the watch does nothing: a WebSocket has its own
 * pings.
 */
final class RequestWatch extends ChannelDuplexHandler {

    /** How much of a request has arrived. */
    private enum Arriving {
        NOTHING,
        HEAD,
        BODY
    }

    private static final String EVENT_STREAM = "text/event-stream";
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Limits limits;
    private Arriving arriving = Arriving.NOTHING;
    private long since;
    private long answeringSince;
    private int unanswered;
    private boolean isAnswering;
    private boolean isStream;
    private boolean isUpgraded;
    private boolean isOver;
    private boolean sawRequest;
    private boolean isHead;
    private @Nullable ChannelHandlerContext context;

    RequestWatch(LongSupplier nanos, Limits limits) {
        this.nanos = nanos;
        this.limits = limits;
        this.since = nanos.getAsLong();
    }

    boolean isUpgraded() {
        return isUpgraded;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (isOver) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            refuse(problemOf(part.decoderResult().cause()));
            return;
        }
        if (message instanceof HttpRequest request) {
            isHead = request.method().equals(HttpMethod.HEAD);
            unanswered++;
            arrive(Arriving.BODY);
        }
        if (message instanceof LastHttpContent) {
            arrive(Arriving.NOTHING);
        }
        reading.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext writing, Object answer, ChannelPromise promise) {
        Object message = answer;
        if (isTurnedAway(answer)) {
            ReferenceCountUtil.release(answer);
            message = FinalProblem.of(ProblemType.UNAVAILABLE);
        }
        ChannelPromise written = promise;
        if (message instanceof HttpResponse response) {
            isUpgraded |= response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            begin(response.status());
            isStream = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(EVENT_STREAM);
        }
        if (message instanceof LastHttpContent && isAnswering) {
            written = promise.unvoid();
            written.addListener(ignored -> answered());
        } else if (isStream) {
            written = promise.unvoid();
            written.addListener(ignored -> answeringSince = nanos.getAsLong());
        }
        var unused = writing.write(message, written);
    }

    /**
     * Our own answers have a body; an answer without one is how Quarkus rejects a request while the process stops. An
     * answer to HEAD never has a body.
     */
    private boolean isTurnedAway(Object answer) {
        return answer instanceof FullHttpResponse bare
                && bare.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)
                && !bare.content().isReadable()
                && !isHead;
    }

    /** Bytes have arrived. If no request has begun, they belong to the head of the next one. */
    void bytesArrived() {
        if (arriving == Arriving.NOTHING && !sawRequest) {
            arrive(Arriving.HEAD);
        }
        sawRequest = false;
    }

    void tick(long now) {
        if (isUpgraded) {
            return;
        }
        if (isOver) {
            closeAfter(LINGER_NANOS, now);
        } else if (isAnswering && now - answeringSince > limits.answer()) {
            close();
        } else if (arriving == Arriving.BODY && unanswered <= 1 && now - since > limits.body()) {
            refuse(ProblemType.REQUEST_TIMEOUT);
        } else if (arriving == Arriving.HEAD && unanswered == 0 && now - since > limits.head()) {
            refuse(ProblemType.REQUEST_TIMEOUT);
        } else if (arriving == Arriving.NOTHING && unanswered == 0 && now - since > limits.idle()) {
            close();
        }
    }

    private void closeAfter(long wait, long now) {
        if (now - since > wait) {
            close();
        }
    }

    private void arrive(Arriving what) {
        sawRequest = true;
        arriving = what;
        since = nanos.getAsLong();
    }

    private void begin(HttpResponseStatus status) {
        if (status.code() >= HttpResponseStatus.OK.code()) {
            isAnswering = true;
            answeringSince = nanos.getAsLong();
        }
    }

    /** Bytes of the next request that are already here have waited for us, so their time starts now. */
    private void answered() {
        isAnswering = false;
        unanswered = Math.max(0, unanswered - 1);
        since = nanos.getAsLong();
    }

    /** An answer that has begun, or that belongs to an earlier request, is not interrupted by another one. */
    private void refuse(ProblemType type) {
        boolean mayAnswer = !isAnswering && unanswered <= (arriving == Arriving.BODY ? 1 : 0);
        boolean wasAnswered = arriving == Arriving.BODY && unanswered == 0;
        isOver = true;
        if (mayAnswer && !wasAnswered && context != null) {
            since = nanos.getAsLong();
            context.writeAndFlush(FinalProblem.of(type)).addListener(ignored -> finish());
        } else {
            close();
        }
    }

    /** Reads and drops for a moment what the client still sends: closing at once could take the answer away from it. */
    private void finish() {
        if (context != null && context.channel() instanceof DuplexChannel socket && socket.isActive()) {
            var unused = socket.shutdownOutput();
        } else {
            close();
        }
    }

    private void close() {
        isOver = true;
        if (context != null) {
            var unused = context.close();
        }
    }

    private static ProblemType problemOf(Throwable fault) {
        return switch (fault) {
            case TooLongHttpLineException line -> ProblemType.URI_TOO_LONG;
            case TooLongHttpHeaderException head -> ProblemType.HEADERS_TOO_LARGE;
            default -> ProblemType.MALFORMED_URI;
        };
    }
}
