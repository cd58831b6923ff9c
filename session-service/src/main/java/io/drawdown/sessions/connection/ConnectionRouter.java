package io.drawdown.sessions.connection;

import io.drawdown.kit.socket.Identity;
import io.drawdown.sessions.protocol.ClientFrame;

/** Finds the session that an authenticated client asks for, and binds its connection to it. */
public interface ConnectionRouter {

    void start(ClientConnection client, Identity identity, ClientFrame.Start frame);

    void resume(ClientConnection client, Identity identity, ClientFrame.Resume frame);
}
