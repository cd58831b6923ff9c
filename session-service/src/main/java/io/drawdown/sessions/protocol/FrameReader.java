package io.drawdown.sessions.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TariffName;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.drawdown.kit.json.Json;
import io.drawdown.kit.json.UnreadableException;
import io.drawdown.kit.socket.FrameMistakes;
import io.drawdown.kit.socket.FrameMistakes.Mistake;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads a client's frame: one JSON object, its kind in {@code type}. */
public final class FrameReader {

    private static final String TYPES = "authenticate, start, resume, pause, continue, end and ping";
    private static final Set<String> OPENINGS = Set.of("start", "resume");
    private static final int LONGEST_TOKEN = 8_192;
    private static final int LONGEST_ID = 128;
    private static final long MOST_ATTEMPTS = 1L << 53;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String HASH_RULE = "is the SHA-256 of the next token, in 64 small hexadecimal digits";

    private FrameReader() {}

    public static ClientFrame read(String text) {
        try {
            return switch (Json.readStrictly(text, Incoming.class)) {
                case Incoming.Authenticate(String token)
                when token.length() <= LONGEST_TOKEN -> new ClientFrame.Authenticate(token);
                case Incoming.Authenticate tooLong ->
                    new ClientFrame.Unreadable(ProblemType.INVALID_REQUEST, "token is too long");
                case Incoming.Start start -> start(start);
                case Incoming.Resume resume -> resume(resume);
                case Incoming.Pause(Boolean release) -> new ClientFrame.Pause(Boolean.TRUE.equals(release));
                case Incoming.Continue goOn -> new ClientFrame.Continue();
                case Incoming.End end -> new ClientFrame.End();
                case Incoming.Ping ping -> new ClientFrame.Ping();
            };
        } catch (UnreadableException e) {
            Mistake mistake = FrameMistakes.of(e, TYPES);
            return mistake.problem() == ProblemType.INVALID_REQUEST && OPENINGS.contains(typeOf(text))
                    ? new ClientFrame.WrongOpening(mistake.detail())
                    : new ClientFrame.Unreadable(mistake.problem(), mistake.detail());
        }
    }

    private static String typeOf(String text) {
        try {
            return Json.read(text.getBytes(UTF_8), JsonNode.class).path("type").asText();
        } catch (UnreadableException noJsonAfterTheMistake) {
            return "";
        }
    }

    private static ClientFrame start(Incoming.Start start) {
        if (!TariffName.isValid(start.kind())) {
            return wrong("kind is " + TariffName.RULE);
        }
        if (start.account() != null && !AccountId.isValid(start.account())) {
            return wrong("account is " + AccountId.RULE);
        }
        if (!IdempotencyKey.isSane(start.startKey())) {
            return wrong("start_key is 1 to 255 visible ASCII characters");
        }
        if (start.nextHash() != null && !isHash(start.nextHash())) {
            return wrong("next_hash " + HASH_RULE);
        }
        return new ClientFrame.Start(start.kind(), start.account(), start.startKey(), start.nextHash());
    }

    private static ClientFrame resume(Incoming.Resume resume) {
        if (resume.sessionId().length() > LONGEST_ID || resume.resumeToken().length() > LONGEST_ID) {
            return wrong("session_id and resume_token have at most " + LONGEST_ID + " characters");
        }
        if (!isHash(resume.nextHash())) {
            return wrong("next_hash " + HASH_RULE);
        }
        if (resume.attempt() < 1 || resume.attempt() > MOST_ATTEMPTS) {
            return wrong("attempt is 1 or more, and greater each time");
        }
        return new ClientFrame.Resume(resume.sessionId(), resume.resumeToken(), resume.nextHash(), resume.attempt());
    }

    private static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    private static ClientFrame wrong(String why) {
        return new ClientFrame.WrongOpening(why);
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

        record Start(
                String kind,
                @Nullable String account,
                String startKey,
                @Nullable String nextHash) implements Incoming {}

        record Resume(String sessionId, String resumeToken, String nextHash, long attempt) implements Incoming {}

        record Pause(@Nullable Boolean release) implements Incoming {}

        record Continue() implements Incoming {}

        record End() implements Incoming {}

        record Ping() implements Incoming {}
    }
}
