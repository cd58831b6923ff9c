package io.drawdown.sessions;

import io.drawdown.contracts.SessionControl;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.EventReader;
import io.drawdown.kit.events.EventReader.Decoded;
import io.drawdown.kit.events.RawRecord;
import io.drawdown.kit.kafka.Broker;
import io.drawdown.kit.kafka.TopicFeed;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.sessions.config.SessionConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Brings the core what other instances want of it, and drops by its subject, before it is parsed, what is for another
 * instance. A record that is lost or cannot be read does no harm: the sessions' documents say the same.
 */
@Singleton
final class ControlFeed {

    private static final Logger LOG = Logger.getLogger(ControlFeed.class);
    private static final EventReader<SessionControl> READER = new EventReader<>(
            Arrays.stream(SessionControl.Type.values())
                    .map(SessionControl.Type::eventType)
                    .collect(Collectors.toSet()),
            SessionControl.class);

    private final CoreLoop loop;
    private final SessionsCore core;
    private final String prefix;
    private final TopicFeed feed;

    ControlFeed(Broker broker, CoreLoop loop, SessionsCore core, SessionConfig config) {
        this.loop = loop;
        this.core = core;
        this.prefix = config.instance() + "-";
        feed = new TopicFeed(broker, "session-control", Set.of(Topic.SESSION_CONTROL), this::handle);
    }

    /** Returns when the place to read from is fixed. */
    void start(@Observes StartupEvent event) {
        feed.start();
    }

    private boolean handle(List<RawRecord> records) {
        List<SessionControl> wanted = new ArrayList<>();
        for (RawRecord record : records) {
            if (String.valueOf(record.header("ce_subject")).startsWith(prefix)) {
                read(record, wanted);
            }
        }
        if (!wanted.isEmpty()) {
            loop.execute(() -> core.handleControls(wanted));
        }
        return !wanted.isEmpty();
    }

    private static void read(RawRecord record, List<SessionControl> wanted) {
        if (READER.read(record) instanceof Decoded.Readable<SessionControl>(SessionControl control)) {
            wanted.add(control);
        } else {
            LOG.debugf("Control record not read: place=%s", record.place());
        }
    }

    /** The core has stopped by then. */
    void close(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        feed.close();
    }
}
