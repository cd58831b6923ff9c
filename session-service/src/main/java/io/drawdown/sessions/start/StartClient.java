package io.drawdown.sessions.start;

import io.drawdown.contracts.EndReason;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.connection.ConnectionListener;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.sessions.protocol.PauseWish;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client that waits for a start: the one that sent it last, if it is still there. */
final class StartClient implements ConnectionListener {

    private @Nullable ClientConnection client;
    private boolean endWanted;

    /** The socket that waited before, if any, is closed. */
    void moveTo(ClientConnection next) {
        if (client != null) {
            client.finish(new Frame.Replaced(), EndReason.REPLACED);
        }
        client = next;
        next.bind(this);
    }

    @Nullable
    ClientConnection connection() {
        return client;
    }

    /** Whether the session is to end as soon as it runs. */
    boolean isEndWanted() {
        return endWanted;
    }

    void tell(Consumer<ClientConnection> lastWord) {
        if (client != null) {
            lastWord.accept(client);
        }
    }

    @Override
    public void signOfLife() {}

    @Override
    public void endWanted(ClientConnection by, EndReason reason) {
        endWanted = true;
    }

    @Override
    public void pauseWanted(ClientConnection by, PauseWish wish) {
        ConnectionListener.NONE.pauseWanted(by, wish);
    }

    @Override
    public void detached(ClientConnection from, int closeCode) {
        if (client == from) {
            client = null;
            endWanted |= closeCode == EndReason.USER.closeCode();
        }
    }
}
