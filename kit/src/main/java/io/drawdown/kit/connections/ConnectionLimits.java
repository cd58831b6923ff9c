package io.drawdown.kit.connections;

import io.drawdown.kit.time.LoopTicks;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;

/**
 * Puts an {@link ArrivalWatch} into every accepted connection. Netty loads it as a service, like the guards against
 * stalls.
 */
public final class ConnectionLimits extends ChannelInitializerExtension {

    @Override
    public void postInitializeServerChildChannel(Channel accepted) {
        accepted.pipeline().addFirst("arrivals", new ArrivalWatch(LoopTicks::of, Limits::current));
    }
}
