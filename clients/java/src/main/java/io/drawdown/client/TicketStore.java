package io.drawdown.client;

import java.util.Optional;

/**
 * Where the ticket of a session is kept, so that another process can go on with it. It holds a secret: whoever has the ticket
 * and a token for the account has the session. Called on the client's loop, before what was saved is used.
 */
public interface TicketStore {

    Optional<String> load();

    void save(String ticket);

    /** The session is over. */
    void clear();

    /** Keeps it as long as the process lives. */
    static TicketStore inMemory() {
        return new TicketStore() {
            private volatile Optional<String> kept = Optional.empty();

            @Override
            public Optional<String> load() {
                return kept;
            }

            @Override
            public void save(String ticket) {
                kept = Optional.of(ticket);
            }

            @Override
            public void clear() {
                kept = Optional.empty();
            }
        };
    }
}
