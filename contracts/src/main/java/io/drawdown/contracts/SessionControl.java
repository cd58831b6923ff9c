package io.drawdown.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Tells the owner of a session what another instance of session-service wants; the data of the events on {@link
 * Topic#SESSION_CONTROL}, whose subject is the owner. It may be lost, late or doubled. The session's document decides: only
 * the owner and the revision that the sender saw are meant. A session that has changed since stays as it is, but for an
 * end, which is in the document.
 *
 * @param owner the incarnation that owns the session
 * @param epoch of that owner
 * @param rev revision of the session's document that the sender saw
 */
public record SessionControl(Type type, String owner, String sessionId, long epoch, long rev) {

    /** What the owner is to do. */
    public enum Type {
        /** To stop serving it and to write its hand-over: its client is at another instance. */
        @JsonProperty("hand_over")
        HAND_OVER("io.drawdown.session.hand-over.hinted.v1"),
        /** To end it: its document says so. */
        @JsonProperty("end")
        END("io.drawdown.session.end.hinted.v1"),
        /** To pause it. */
        @JsonProperty("pause")
        PAUSE("io.drawdown.session.pause.hinted.v1"),
        /** To pause it, and to give back what it holds and does not use. */
        @JsonProperty("release")
        RELEASE("io.drawdown.session.release.hinted.v1"),
        /** To let it go on after a pause. */
        @JsonProperty("resume")
        RESUME("io.drawdown.session.resume.hinted.v1");

        private final String eventType;

        Type(String eventType) {
            this.eventType = eventType;
        }

        public String eventType() {
            return eventType;
        }
    }
}
