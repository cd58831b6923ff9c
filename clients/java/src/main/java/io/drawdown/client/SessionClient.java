package io.drawdown.client;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Starts and resumes live sessions at one address. A session lives over as many sockets as it takes: whatever breaks, the
 * client comes back with its token until the service says that the session is over. Safe for use by several threads.
 */
public final class SessionClient {

    private final URI address;
    private final Supplier<String> token;
    private final Settings settings;

    /**
     * What a client takes of its surroundings.
     *
     * @param random unpredictable, except in tests
     * @param giveUpAfter how long it tries to come back
     */
    public record Settings(ClientLoop loop, RandomGenerator random, Duration giveUpAfter) {

        public static final Settings DEFAULT =
                new Settings(ClientLoop.ofSystem(), new SecureRandom(), Duration.ofMinutes(10));

        public Settings givingUpAfter(Duration most) {
            return new Settings(loop, random, most);
        }
    }

    /**
     * @param address e.g. {@code ws://localhost:8102/api/v1/live/sessions}
     * @param token gives a valid token for each new socket, on the client's loop; it must not block
     */
    public SessionClient(URI address, Supplier<String> token) {
        this(address, token, Settings.DEFAULT);
    }

    public SessionClient(URI address, Supplier<String> token, Settings settings) {
        this.address = address;
        this.token = token;
        this.settings = settings;
    }

    /** Starts a session that this process alone goes on with. */
    public LiveSession start(SessionRequest request, SessionListener listener) {
        return start(request, TicketStore.inMemory(), listener);
    }

    /** Starts a session whose ticket is kept in that store, in place of what is there. */
    public LiveSession start(SessionRequest request, TicketStore store, SessionListener listener) {
        return new LiveSession(this, Ticket.of(request, settings.random()), store, listener).begin();
    }

    /** Goes on with the session whose ticket is in the store; empty if there is none. */
    public Optional<LiveSession> resume(TicketStore store, SessionListener listener) {
        return store.load().map(Ticket::read).map(ticket -> new LiveSession(this, ticket, store, listener).begin());
    }

    Settings settings() {
        return settings;
    }

    Connection connect(Duration within, Connection.Owner owner) {
        return new Connection(address, token.get(), within, settings.loop(), owner);
    }
}
