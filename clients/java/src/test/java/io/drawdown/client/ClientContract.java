package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.ScriptedServer.Peer;
import io.drawdown.client.Subject.Surroundings;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A server, a clock and a client between them. */
abstract class ClientContract {

    static final String SESSION = "ses_abcdefghijklmnopqrstuvwxyz";

    final ScriptedServer server = new ScriptedServer();
    final ManualLoop loop = new ManualLoop();
    final TicketStore store = TicketStore.inMemory();
    final Subject client = subject();

    abstract Subject subjectIn(Surroundings surroundings);

    /** Another one with the same store, as a page that is loaded again. */
    final Subject subject() {
        return subjectIn(new Surroundings(server.address(), loop, store, Duration.ofMinutes(10)));
    }

    @AfterEach
    void close() {
        client.close();
        loop.close();
        server.close();
    }

    /** A client whose session runs, and the server's end of it. */
    Peer live() {
        client.start();
        Peer peer = connected();
        peer.frame();
        return goOn(peer, "started");
    }

    /** The next socket. A browser begins to connect with a timer that is due at once. */
    Peer connected() {
        loop.advance(Duration.ZERO);
        return server.next();
    }

    Peer goOn(Peer peer, String type) {
        int before = count("frame:" + type);
        peer.send(running(type, 2, "30"));
        await(() -> count("frame:" + type) > before);
        return peer;
    }

    /** The socket is lost, and the client waits for its next try. */
    void awaitWaiting() {
        await(() -> client.heard().getLast().equals("state:waiting"));
    }

    /** Lets the client try again, and returns the first frame of its new socket. */
    JsonNode comesBack() {
        loop.advance(loop.next().orElseThrow());
        return connected().frame();
    }

    int count(String what) {
        return (int) client.heard().stream().filter(what::equals).count();
    }

    void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(ScriptedServer.PATIENCE_SECONDS))
                .pollInterval(Duration.ofMillis(2))
                .until(condition::getAsBoolean);
    }

    static String running(String type, long seq, String balance) {
        return """
                {"type":"%s","session_id":"%s","account":"ada","kind":"live_dubbing",\
                "rate":{"price":1,"increment_millis":1000},"epoch":1,"used_millis":0,"funded_millis":30000,\
                "balance":%s,"available":0,"seq":%d}""".formatted(type, SESSION, balance, seq);
    }

    static String balance(long seq, String balance) {
        return """
                {"type":"balance","balance":%s,"available":0,"burn_per_second":1,"used_millis":5000,\
                "funded_millis":30000,"seq":%d}""".formatted(balance, seq);
    }

    static String ended(String reason) {
        return "{\"type\":\"ended\",\"session_id\":\"%s\",\"reason\":\"%s\",\"used_millis\":5000,\"settled\":false}"
                .formatted(SESSION, reason);
    }

    static String refused(String problem) {
        return "{\"type\":\"refused\",\"problem\":{\"type\":\"urn:drawdown:problem:%s\",\"title\":\"no\"}}"
                .formatted(problem);
    }
}
