package io.drawdown.kit.logging;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.logging.Handler;

/** Puts a {@link SanitizingFormatter} and a {@link WorkFilter} into every log handler, before the first request. */
@Singleton
final class LogSanitizing {

    private static final int FIRST = 1;

    void install(@Observes @Priority(FIRST) StartupEvent event) {
        for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
            if (handler.getFormatter() != null && !(handler.getFormatter() instanceof SanitizingFormatter)) {
                handler.setFormatter(new SanitizingFormatter(handler.getFormatter()));
            }
            if (!(handler.getFilter() instanceof WorkFilter)) {
                handler.setFilter(new WorkFilter(handler.getFilter()));
            }
        }
    }
}
