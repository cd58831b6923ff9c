package io.drawdown.kit.time.stall;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;

/**
 * Puts the guards into every listening socket and every accepted connection of the process. Netty loads it as a service,
 * which it does only with the system property that {@link StallProperty} sets.
 */
public final class StallGuards extends ChannelInitializerExtension {

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listening) {
        listening.pipeline().addFirst("stall", new AcceptGuard(LoopStallDetector::of));
    }

    @Override
    public void postInitializeServerChildChannel(Channel accepted) {
        accepted.pipeline().addFirst("stall", new ConnectionGuard(LoopStallDetector::of));
    }
}
