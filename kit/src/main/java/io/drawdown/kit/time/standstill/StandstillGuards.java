package io.drawdown.kit.time.standstill;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;

/**
 * Puts the guards into every listening socket and every accepted connection of the process. Netty loads it as a service,
 * which it does only with the system property that {@link StandstillProperty} sets.
 */
public final class StandstillGuards extends ChannelInitializerExtension {

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listening) {
        listening.pipeline().addFirst("standstill", new AcceptGuard(LoopWatch::of));
    }

    @Override
    public void postInitializeServerChildChannel(Channel accepted) {
        accepted.pipeline().addFirst("standstill", new ConnectionGuard(LoopWatch::of));
    }
}
