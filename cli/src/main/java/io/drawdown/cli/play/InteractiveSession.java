package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.client.SessionSocket;
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

    /** @return 0 when the session was closed by the service, whatever the reason; 1 when the connection broke */
    public int run(String account, String kind) {
        FramePrinter frames = new FramePrinter(out);
        out.printf("t Enter: top up %d credits; q Enter: end%n", TOP_UP);
        try (SessionSocket socket = SessionSocket.connect(socketAddress, token, frames::print)) {
            socket.send(ClientFrames.start(account, kind, UUID.randomUUID().toString()));
            Thread.ofVirtual().start(() -> obeyKeys(account, socket, frames));
            return socket.closed()
                    .handle((closed, fault) -> {
                        frames.say(
                                fault == null ? "closed with code " + closed.code() : "the connection broke: " + fault);
                        return fault == null ? 0 : 1;
                    })
                    .join();
        }
    }

    private void obeyKeys(String account, SessionSocket socket, FramePrinter frames) {
        BufferedReader keys = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = keys.readLine(); line != null; line = keys.readLine()) {
                switch (line.strip()) {
                    case "t" -> frames.say(topUp(account));
                    case "q" -> socket.send(ClientFrames.end());
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
