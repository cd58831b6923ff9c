package io.drawdown.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A client under test: the one for Java, or the one for browsers. */
interface Subject extends AutoCloseable {

    /** What both have. */
    record Surroundings(URI address, ManualLoop loop, TicketStore store, Duration giveUpAfter) {

        static final double JITTER = 0.5;
    }

    /** Starts a session of kind {@code live_dubbing} for the account {@code ada} under the start key {@code key-1}. */
    void start();

    /** Whether there is one to go on with. */
    boolean resume();

    void pause(boolean release);

    void unpause();

    void end();

    void detach();

    /** What a browser tells by itself. */
    void online();

    /** What the listener heard, in order: {@code state:live}, {@code frame:started}, {@code money:7=12.5}. */
    List<String> heard();

    /** E.g. {@code ended 4003}; empty as long as the client goes on. */
    String outcome();

    @Override
    void close();
}
