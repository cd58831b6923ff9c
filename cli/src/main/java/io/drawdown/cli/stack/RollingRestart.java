package io.drawdown.cli.stack;

import io.drawdown.cli.proxy.ReverseProxy;
import io.drawdown.contracts.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Restarts the instances of a service one after the other: the proxy gives one nothing more, it answers what it has, stops,
 * is started again, and is given requests once it is ready; only then comes the next. With one instance the service is away
 * meanwhile.
 */
public final class RollingRestart {

    /** What takes longer, such as a stream, ends with the instance. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(3);

    private static final Duration READY = Duration.ofSeconds(10);

    private final Instances instances;
    private final Optional<ReverseProxy> proxy;
    private final Consumer<String> restart;

    /** @param restart stops the process of that name and starts it again; returns when it serves */
    public RollingRestart(Instances instances, Optional<ReverseProxy> proxy, Consumer<String> restart) {
        this.instances = instances;
        this.proxy = proxy;
        this.restart = restart;
    }

    /** Returns when all instances of the service were restarted; fails with the first that was not. */
    public void of(Service service, Consumer<String> progress) {
        for (String instance : instances.of(service)) {
            progress.accept(instance + " is stopped");
            Duration patience = Duration.ZERO;
            try {
                proxy.ifPresent(front -> front.drain(instance, UNDER_WAY));
                restart.accept(instance);
                patience = READY;
            } finally {
                admit(instance, patience);
            }
            progress.accept(instance + " serves again");
        }
    }

    private void admit(String instance, Duration atMost) {
        proxy.ifPresent(front -> front.admit(instance, atMost));
    }
}
