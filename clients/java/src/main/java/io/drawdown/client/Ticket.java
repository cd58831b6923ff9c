package io.drawdown.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a client must not forget of its session, so that it or a later process can come back.
 *
 * <p>The client names its tokens itself, by their hash: the first when it starts, the next each time it comes back. It names
 * the same next token, in attempts that it counts, until it hears that it is back. So whether an answer was lost or not, the
 * service accepts the token that the client shows, and an attempt that was given up changes nothing any more.
 *
 * @param sessionId null until the session is known to run
 * @param resumeToken by which the client may come back
 * @param nextToken what counts once an attempt succeeds; null: no attempt was made since the last one that did
 * @param attempt how often the client tried to come back
 * @param ending whether the end is wanted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Ticket(
        SessionRequest request,
        @Nullable String sessionId,
        String resumeToken,
        @Nullable String nextToken,
        long attempt,
        boolean ending) {

    private static final int TOKEN_BYTES = 32;

    /** @param random unpredictable, except in tests */
    static Ticket of(SessionRequest request, RandomGenerator random) {
        return new Ticket(request, null, token(random), null, 0, false);
    }

    /** @throws IllegalArgumentException the text is no ticket */
    static Ticket read(String text) {
        return Json.read(text, Ticket.class);
    }

    /** As it has to be stored before the next socket is opened. */
    Ticket beforeOpening(RandomGenerator random) {
        String next = nextToken == null ? token(random) : nextToken;
        return sessionId == null ? this : new Ticket(request, sessionId, resumeToken, next, attempt + 1, ending);
    }

    /** The frame with which a new socket begins. */
    ClientFrame opening() {
        return sessionId == null || nextToken == null
                ? new ClientFrame.Start(request.kind(), request.account(), request.startKey(), hash(resumeToken))
                : new ClientFrame.Resume(sessionId, resumeToken, hash(nextToken), attempt);
    }

    Ticket started(String id) {
        return new Ticket(request, id, resumeToken, null, attempt, ending);
    }

    /** If an earlier start came to be, and this client was not told, it goes on with that session. */
    Ticket refused(Frame.Refused refused) {
        return refused.sessionId() == null ? this : started(refused.sessionId());
    }

    Ticket resumed() {
        return new Ticket(request, sessionId, nextToken == null ? resumeToken : nextToken, null, attempt, ending);
    }

    Ticket withEnd() {
        return new Ticket(request, sessionId, resumeToken, nextToken, attempt, true);
    }

    private static String token(RandomGenerator random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** SHA-256 in hexadecimal. */
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
