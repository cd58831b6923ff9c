package io.drawdown.kit.time.stall;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a listening socket: after a stall it closes the connections that waited in the accept queue,
 * unread. Closing the socket and listening again would do the same, but would refuse connections in between and take
 * the address from the HTTP server.
 *
 * <p>The queue is in order of arrival, and Netty accepts in batches; a batch that is not full has emptied the queue.
 * If no connection is ready within {@link #QUIET_MILLIS}, none was waiting.
 */
final class AcceptGuard extends ChannelInboundHandlerAdapter implements LoopStallDetector.Guarded {

    static final long QUIET_MILLIS = 100;

    private final Function<EventLoop, LoopStallDetector> watches;
    private @Nullable LoopStallDetector detector;
    private @Nullable ChannelHandlerContext context;
    private boolean draining;
    private int accepted;

    AcceptGuard(Function<EventLoop, LoopStallDetector> watches) {
        this.watches = watches;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        detector = watches.apply(added.channel().eventLoop());
        detector.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        if (detector != null) {
            detector.remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext accepting, Object connection) {
        if (detector != null) {
            detector.look();
        }
        accepted++;
        if (draining && connection instanceof Channel old) {
            old.unsafe().closeForcibly();
        } else {
            accepting.fireChannelRead(connection);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext accepting) {
        if (accepted < accepting.channel().config().getMaxMessagesPerRead()) {
            draining = false;
        }
        accepted = 0;
        accepting.fireChannelReadComplete();
    }

    @Override
    public void stoodStill() {
        if (context != null) {
            draining = true;
            var unused = context.executor().schedule(() -> draining = false, QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
