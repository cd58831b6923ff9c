package io.drawdown.kit.time.stall;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of an accepted connection: once its loop has stalled, nothing more is read from it. An open
 * WebSocket stays open: its session goes on, and session-service decides which frames are too old.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter implements LoopStallDetector.Guarded {

    private final Function<EventLoop, LoopStallDetector> watches;
    private @Nullable LoopStallDetector detector;
    private @Nullable ChannelHandlerContext context;

    ConnectionGuard(Function<EventLoop, LoopStallDetector> watches) {
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
        forget();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ended) {
        forget();
        ended.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (detector != null) {
            detector.look();
        }
        if (reading.channel().isOpen()) {
            reading.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void stoodStill() {
        if (context != null && context.pipeline().get(WebSocketFrameDecoder.class) == null) {
            var unused = context.close();
        }
    }

    private void forget() {
        if (detector != null) {
            detector.remove(this);
        }
    }
}
