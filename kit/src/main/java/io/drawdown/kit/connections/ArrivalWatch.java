package io.drawdown.kit.connections;

import io.drawdown.kit.time.LoopTicks;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of an accepted connection: it sees the bytes of a request before there is a request. It puts a
 * {@link RequestWatch} behind the HTTP codec as soon as there is one. A connection without a codec is not HTTP, and
 * is left alone.
 */
final class ArrivalWatch extends ChannelInboundHandlerAdapter implements LoopTicks.Ticking {

    private final Function<EventLoop, LoopTicks> loops;
    private final Supplier<Limits> limits;
    private @Nullable ChannelHandlerContext context;
    private @Nullable LoopTicks ticks;
    private @Nullable RequestWatch requests;

    ArrivalWatch(Function<EventLoop, LoopTicks> loops, Supplier<Limits> limits) {
        this.loops = loops;
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        ticks = loops.apply(added.channel().eventLoop());
        ticks.add(this);
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
    public void channelRead(ChannelHandlerContext reading, Object bytes) {
        RequestWatch watch = watch();
        reading.fireChannelRead(bytes);
        if (watch != null) {
            watch.bytesArrived();
        }
    }

    @Override
    public void tick(long nanos) {
        RequestWatch watch = watch();
        if (watch != null && watch.isUpgraded()) {
            forget();
        } else if (watch != null) {
            watch.tick(nanos);
        }
    }

    private @Nullable RequestWatch watch() {
        if (requests == null && context != null && ticks != null) {
            ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
            if (encoder != null && context.pipeline().context(HttpRequestDecoder.class) != null) {
                requests = new RequestWatch(ticks::nanos, limits.get());
                context.pipeline().addAfter(encoder.name(), "requests", requests);
            }
        }
        return requests;
    }

    private void forget() {
        if (ticks != null) {
            ticks.remove(this);
        }
    }
}
