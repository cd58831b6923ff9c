package io.drawdown.kit.runtime;

import io.drawdown.kit.events.DeadLetters;
import io.drawdown.kit.events.FaultHandling;
import io.drawdown.kit.store.IndexedStore;
import io.drawdown.kit.trace.Spans;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.SplittableRandom;
import org.jboss.logging.Logger;

/** Starts and stops the core of the service, in the order that {@link CoreService} tells. */
@Singleton
final class CoreLifecycle {

    private static final Logger LOG = Logger.getLogger(CoreLifecycle.class);

    private final CoreService service;
    private final CoreRuntime runtime;
    private final List<IndexedStore> stores;

    CoreLifecycle(CoreService service, CoreRuntime runtime, @All List<IndexedStore> stores) {
        this.service = service;
        this.runtime = runtime;
        this.stores = stores;
    }

    @Produces
    @Singleton
    DeadLetters deadLetters() {
        return runtime.deadLetters(service.service());
    }

    /** Consumers run on the threads of their channels, and come back to them after a pause. */
    @Produces
    @Singleton
    FaultHandling faultHandling(DeadLetters deadLetters, Spans spans) {
        CoreLoop loop = runtime.loop();
        return new FaultHandling(
                deadLetters, delay -> loop.call(() -> loop.pause(delay)), new SplittableRandom(), spans);
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (service.isEnabled()) {
            runtime.requireTopics(service.service());
        }
        runtime.prepare(stores);
        if (service.isEnabled()) {
            runtime.loop().execute(service::start);
        }
    }

    void stopWhileConnected(@Observes ShutdownDelayInitiatedEvent event) {
        if (service.hasConnections()) {
            stopCore();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (!service.hasConnections()) {
            stopCore();
        }
        runtime.close();
    }

    private void stopCore() {
        boolean isAllDone = false;
        try {
            isAllDone = runtime.loop().call(service::stop).await().atMost(service.stopPatience());
        } catch (RuntimeException e) {
            LOG.warnf("Core not stopped in time: fault=%s", e);
        }
        if (!isAllDone) {
            LOG.warn("Stopped with work left; another instance finds it");
        }
    }
}
