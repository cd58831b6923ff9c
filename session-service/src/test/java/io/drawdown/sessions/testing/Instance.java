package io.drawdown.sessions.testing;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.SessionControl;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.protocol.ClientFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An instance beside the first one of a {@link World}, with its clients. */
public final class Instance {

    public final SessionsCore core;
    public final RecordingMedia media;
    /** Whether what others want of it reaches it. */
    public boolean hearsControl = true;

    /** Whether account events reach it. */
    public boolean hearsAccounts = true;

    private final ManualTime time;
    private final Dying process;
    private final List<RecordingSocket> pinged = new ArrayList<>();

    Instance(ManualTime time, Dying process, SessionsCore core, RecordingMedia media) {
        this.time = time;
        this.process = process;
        this.core = core;
        this.media = media;
    }

    /** A client that is connected and answers pings. */
    public RecordingSocket client() {
        RecordingSocket socket = new RecordingSocket(time);
        ClientConnection[] connection = new ClientConnection[1];
        process.run(() -> connection[0] = core.opened(socket, World.GATEWAY));
        pinged.add(socket);
        return socket.connectedTo(connection[0], process::run);
    }

    /** A client that comes back here, and a tenth of a second for what comes of it. */
    public RecordingSocket resume(ClientFrame.Resume frame) {
        RecordingSocket socket = client();
        socket.says(frame);
        time.advance(Duration.ofMillis(200));
        return socket;
    }

    public void crash() {
        process.die();
        media.die();
    }

    /** The process stands still. */
    public void sleep() {
        process.sleep();
        media.standStill();
    }

    /** It does all that fell due meanwhile. */
    public void wake() {
        media.goOn();
        process.wake();
    }

    /** It stops in order; true: nothing is left. */
    public boolean stop() {
        boolean[] done = {false};
        process.run(() -> core.stopGracefully().subscribe().with(isDone -> done[0] = isDone));
        time.advance(Duration.ofSeconds(11));
        return done[0];
    }

    void hear(AccountEvent event) {
        if (hearsAccounts) {
            process.run(() -> core.handleAccountEvents(List.of(event)));
        }
    }

    void hear(SessionControl told) {
        if (hearsControl) {
            process.run(() -> core.handleControls(List.of(told)));
        }
    }

    void pong() {
        pinged.removeIf(socket -> socket.closeCode != null);
        pinged.forEach(RecordingSocket::pongs);
    }
}
