package io.drawdown.sessions.connection;

import io.quarkus.websockets.next.UserData.TypedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From one socket to the core, from the handshake on: a frame may be read before the socket's opening has been told, and
 * waits here for it. Used on the core's thread only, but for {@link #visitor}.
 */
public final class PendingConnection {

    public static final TypedKey<PendingConnection> KEY = new TypedKey<>("line");

    /** More than that at once is a flood, which the core would close. */
    private static final int MOST_EARLY = 200;

    private final Visitor visitor;
    private final List<Consumer<Connection>> early = new ArrayList<>();
    private @Nullable Connection connection;

    public PendingConnection(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Who is at the door. */
    public sealed interface Visitor {
        /** Showed no token. */
        record Stranger() implements Visitor {}

        record Known(Identity identity) implements Visitor {}

        /** Showed a token that is not valid. */
        record Impostor() implements Visitor {}
    }

    public Visitor visitor() {
        return visitor;
    }

    public void connect(Connection opened) {
        connection = opened;
        early.forEach(each -> each.accept(opened));
        early.clear();
    }

    public void tell(Consumer<Connection> what) {
        if (connection != null) {
            what.accept(connection);
        } else if (early.size() < MOST_EARLY) {
            early.add(what);
        }
    }
}
