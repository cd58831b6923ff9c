package io.drawdown.sessions.control;

import io.drawdown.contracts.SessionControl;
import io.drawdown.contracts.Topic;
import io.drawdown.kit.events.CloudEvent;
import io.drawdown.kit.events.EventPublisher;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.store.RandomIds;
import io.drawdown.kit.time.Time;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionOutbox;
import org.jboss.logging.Logger;

/** Tells the owner of a session what is wanted of it. If that is lost, the session's document still says it. */
public final class ControlPublisher {

    private static final Logger LOG = Logger.getLogger(ControlPublisher.class);

    private final EventPublisher publisher;
    private final RandomIds ids;
    private final Time time;

    public ControlPublisher(EventPublisher publisher, RandomIds ids, Time time) {
        this.publisher = publisher;
        this.ids = ids;
        this.time = time;
    }

    /** Does nothing if nobody owns the session. */
    public void tell(SessionControl.Type type, SessionDocument session) {
        String owner = session.owner().incarnation();
        if (!session.owner().isNone()) {
            publish(new SessionControl(
                    type, owner, session.id(), session.owner().epoch(), session.rev()));
        }
    }

    private void publish(SessionControl control) {
        CloudEvent event = new CloudEvent(
                control.sessionId() + ":" + control.epoch() + ":" + ids.get(),
                control.type().eventType(),
                SessionOutbox.SOURCE,
                control.owner(),
                time.now(),
                control.owner(),
                Json.bytes(control));
        publisher
                .publish(Topic.SESSION_CONTROL, event)
                .subscribe()
                .with(
                        done -> {},
                        fault -> LOG.debugf(
                                "Owner not told: type=%s sessionId=%s fault=%s",
                                control.type(), control.sessionId(), fault));
    }
}
