package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.client.Frame;
import io.drawdown.client.LiveSession;
import io.drawdown.client.Outcome;
import io.drawdown.client.SessionClient;
import io.drawdown.client.SessionListener;
import io.drawdown.client.SessionRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One session that its user controls: it prints frames; {@code t} Enter tops up, {@code q} Enter ends. */
public final class InteractiveSession {

    private static final int TOP_UP = 15;

    private final Api credits;
    private final URI socketAddress;
    private final String token;
    private final PrintStream out;

    /** @param token a gateway's token */
    public InteractiveSession(Api credits, URI socketAddress, String token, PrintStream out) {
        this.credits = credits;
        this.socketAddress = socketAddress;
        this.token = token;
        this.out = out;
    }

    /** @return 0 when the session was closed by the service, whatever the reason; 1 when it could not be reached any more */
    public int run(String account, String kind) {
        FramePrinter frames = new FramePrinter(out);
        out.printf("t Enter: top up %d credits; q Enter: end%n", TOP_UP);
        LiveSession session =
                new SessionClient(socketAddress, () -> token).start(SessionRequest.of(account, kind), new Told(frames));
        Thread.ofVirtual().start(() -> obeyKeys(account, session, frames));
        Outcome outcome = session.outcome().join();
        boolean isLost = outcome.kind() == Outcome.Kind.LOST;
        frames.say(isLost ? "the service cannot be reached" : "closed with code " + outcome.closeCode());
        return isLost ? 1 : 0;
    }

    /** Prints what it hears. */
    private record Told(FramePrinter frames) implements SessionListener {

        @Override
        public void onFrame(Frame frame) {
            frames.print(frame);
        }

        @Override
        public void onState(State state) {
            if (state == State.WAITING) {
                frames.say("the connection broke; trying again");
            }
        }
    }

    private void obeyKeys(String account, LiveSession session, FramePrinter frames) {
        BufferedReader keys = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = keys.readLine(); line != null; line = keys.readLine()) {
                switch (line.strip()) {
                    case "t" -> frames.say(topUp(account));
                    case "q" -> session.end();
                    default -> frames.say("t Enter tops up, q Enter ends");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String topUp(String account) {
        JsonNode answer = credits.post(
                        "accounts/" + account + "/grants",
                        UUID.randomUUID().toString(),
                        "{\"kind\":\"purchased\",\"amount\":" + TOP_UP + "}")
                .body();
        return "topped up: " + answer;
    }
}
