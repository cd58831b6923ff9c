package io.drawdown.sessions.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.kit.socket.FrameMistakes;
import io.drawdown.kit.socket.FrameMistakes.Mistake;
import org.jspecify.annotations.Nullable;

/** Reads a client's frame: one JSON object, its kind in {@code type}. */
public final class FrameReader {

    private static final String TYPES = "authenticate, start, resume, pause, continue, end and ping";
    private static final int LONGEST_TOKEN = 8_192;
    private static final int LONGEST_ID = 128;

    private FrameReader() {}

    public static ClientFrame read(String text) {
        try {
            return switch (Json.readStrictly(text, Incoming.class)) {
                case Incoming.Authenticate(String token)
                when token.length() <= LONGEST_TOKEN -> new ClientFrame.Authenticate(token);
                case Incoming.Authenticate tooLong -> invalid("token is too long");
                case Incoming.Start start -> start(start);
                case Incoming.Resume(String id, String token)
                when id.length() <= LONGEST_ID && token.length() <= LONGEST_ID -> new ClientFrame.Resume(id, token);
                case Incoming.Resume tooLong -> invalid("session_id and resume_token are those of a started frame");
                case Incoming.Pause pause -> new ClientFrame.Pause();
                case Incoming.Continue goOn -> new ClientFrame.Continue();
                case Incoming.End end -> new ClientFrame.End();
                case Incoming.Ping ping -> new ClientFrame.Ping();
            };
        } catch (UnreadableException e) {
            Mistake mistake = FrameMistakes.of(e, TYPES);
            return new ClientFrame.Unreadable(mistake.problem(), mistake.detail());
        }
    }

    private static ClientFrame start(Incoming.Start start) {
        if (!TariffName.isValid(start.kind())) {
            return invalid("kind is " + TariffName.RULE);
        }
        if (start.account() != null && !AccountId.isValid(start.account())) {
            return invalid("account is " + AccountId.RULE);
        }
        if (!IdempotencyKey.isSane(start.startKey())) {
            return invalid("start_key is 1 to 255 visible ASCII characters");
        }
        return new ClientFrame.Start(start.kind(), start.account(), start.startKey());
    }

    private static ClientFrame invalid(String why) {
        return new ClientFrame.Unreadable(ProblemType.INVALID_REQUEST, why);
    }

    /** {@link ClientFrame} as it is on the wire. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Incoming.Authenticate.class, name = "authenticate"),
        @JsonSubTypes.Type(value = Incoming.Start.class, name = "start"),
        @JsonSubTypes.Type(value = Incoming.Resume.class, name = "resume"),
        @JsonSubTypes.Type(value = Incoming.Pause.class, name = "pause"),
        @JsonSubTypes.Type(value = Incoming.Continue.class, name = "continue"),
        @JsonSubTypes.Type(value = Incoming.End.class, name = "end"),
        @JsonSubTypes.Type(value = Incoming.Ping.class, name = "ping")
    })
    sealed interface Incoming {
        record Authenticate(String token) implements Incoming {}

        record Start(String kind, @Nullable String account, String startKey) implements Incoming {}

        record Resume(String sessionId, String resumeToken) implements Incoming {}

        record Pause() implements Incoming {}

        record Continue() implements Incoming {}

        record End() implements Incoming {}

        record Ping() implements Incoming {}
    }
}
