package io.drawdown.simulator.sessions;

import io.drawdown.kit.socket.Identity;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client that wants one session: starts it, remembers what it is told, answers pings, and comes back when cut off. */
public final class ClientActor {

    private static final long SECOND = 1_000_000_000;
    private static final int NORMAL = 1000;

    private final SimulationContext context;
    private final SessionsSide side;
    private final List<Watcher> watchers;
    private final String name;
    private final Want want;
    private final SplittableRandom random;
    private @Nullable Socket socket;
    /** The sockets before the current one that still stand. */
    private final List<Socket> former = new ArrayList<>();

    private final Returns returns;
    private boolean isOver;
    private boolean isLeaving;
    private boolean isGone;
    private boolean isSilent;

    /** What it asks for. */
    public record Want(String account, String kind, String startKey) {}

    /** @param random its own source of chance, from the step that made it */
    ClientActor(SimulationContext context, SessionsSide side, String name, Want want, SplittableRandom random) {
        this.context = context;
        this.side = side;
        this.watchers = side.watchers();
        this.name = name;
        this.want = want;
        this.random = random;
        this.returns = new Returns(name, want);
    }

    public String name() {
        return name;
    }

    public Want want() {
        return want;
    }

    /** The session it was given, once it was. */
    public @Nullable String sessionId() {
        return returns.sessionId();
    }

    @Nullable
    String resumeToken() {
        return returns.token();
    }

    /** Whether its socket is open, as far as it knows. */
    boolean isConnected() {
        return socket != null && !socket.isClosed();
    }

    // ---- what it does ----

    void start() {
        greet(new ClientFrame.Start(want.kind(), want.account(), want.startKey(), returns.firstHash()));
    }

    void resume() {
        if (returns.isPossible()) {
            greet(returns.resume());
        }
    }

    /** Opens a socket, with a token in the handshake or after it, and sends that frame first. */
    void greet(ClientFrame first) {
        greet(random.nextInt(3) == 0 ? Tokens.GATEWAY : Tokens.of(want.account()), first);
    }

    void greet(String token, ClientFrame first) {
        if (random.nextBoolean()) {
            connect(Tokens.verify(token).orElseThrow(), first);
        } else {
            connect(null, new ClientFrame.Authenticate(token), first);
        }
    }

    void connect(@Nullable Identity identity, ClientFrame... frames) {
        SessionsProcess server = side.reach(random);
        if (server == null) {
            context.counts.count("connection refused");
            comeBackLater();
            return;
        }
        Socket fresh = new Socket(context, server, this, random.split());
        if (socket != null) {
            former.removeIf(Socket::isClosed);
            former.add(socket);
        }
        socket = fresh;
        fresh.connect(identity);
        List.of(frames).forEach(this::say);
        pongLater(fresh);
    }

    void say(ClientFrame frame) {
        if (socket != null) {
            context.trace.say(name, () -> "says " + frame);
            if (frame instanceof ClientFrame.Start start) {
                String account = start.account() == null ? want.account() : start.account();
                Watcher.Asked asked =
                        new Watcher.Asked(SessionIds.of(account, start.startKey()), context.timeline.nanos());
                socket.asks(asked);
                watchers.forEach(watcher -> watcher.asked(asked));
            }
            if (frame instanceof ClientFrame.Resume resume) {
                socket.asks(resume);
                watchers.forEach(watcher -> watcher.asksToResume(resume.sessionId()));
            }
            socket.say(frame);
        }
    }

    /** @param isUndone whether it changes its mind at once */
    void pause(boolean isPaused, boolean isUndone) {
        say(isPaused ? new ClientFrame.Pause(random.nextInt(3) == 0) : new ClientFrame.Continue());
        if (isUndone) {
            pause(!isPaused, false);
        }
    }

    void closeNormally() {
        isOver = true;
        drop(NORMAL);
    }

    /** The network breaks, and both sides learn of it. */
    void breakOff() {
        drop(Socket.BROKEN);
        comeBackLater();
    }

    private void drop(int code) {
        if (socket != null) {
            context.trace.say(name, () -> "is gone with " + code);
            socket.close(code);
        }
    }

    /** It is gone, and nobody learns of it. */
    void vanish() {
        isGone = true;
        if (socket != null) {
            context.trace.say(name, () -> "vanishes");
            socket.halfOpen(true, true);
        }
    }

    /** Nothing arrives any more, in one direction or in both. */
    void halfOpen(boolean toServer, boolean toClient) {
        if (socket != null) {
            context.trace.say(name, () -> "is half open, to server " + toServer + ", to client " + toClient);
            socket.halfOpen(toServer, toClient);
        }
    }

    /** It answers no pings for that long. */
    void keepSilent(long nanos) {
        context.trace.say(name, () -> "is silent for " + nanos / 1_000_000 + " ms");
        isSilent = true;
        context.timeline.after(nanos, () -> isSilent = false);
    }

    /** It takes no frames for that long. */
    void takeNothing(long nanos) {
        Socket slow = socket;
        if (slow != null) {
            context.trace.say(name, () -> "takes nothing for " + nanos / 1_000_000 + " ms");
            slow.stuck(true);
            context.timeline.after(nanos, () -> slow.stuck(false));
        }
    }

    /** It ends what it has, one way or another, and does not come back. */
    void leave() {
        isOver = true;
        isLeaving = true;
        isSilent = false;
        former.forEach(each -> each.close(NORMAL));
        switch (random.nextInt(3)) {
            case 0 -> vanish();
            case 1 -> say(new ClientFrame.End());
            default -> drop(NORMAL);
        }
    }

    private void pongLater(Socket over) {
        context.timeline.after(2 * SECOND + random.nextLong(3 * SECOND), () -> {
            if (!over.isClosed() && !isGone) {
                if (!isSilent) {
                    over.pong();
                }
                pongLater(over);
            }
        });
    }

    // ---- what it hears ----

    void heard(Socket from, Frame frame, long sentNanos) {
        if (isGone || from.isClosedByClient()) {
            return;
        }
        context.trace.say(name, () -> "hears " + frame);
        context.counts.count("frame " + frame.getClass().getSimpleName());
        Watcher.Delivery delivery = new Watcher.Delivery(
                this, from.process(), frame, from.asked(), from.returning(), sentNanos, context.timeline.nanos());
        watchers.forEach(watcher -> watcher.delivered(delivery));
        switch (frame) {
            case Frame.Started(Frame.Running session) -> {
                returns.started(session);
                remembered();
            }
            case Frame.Resumed(Frame.Running session) -> {
                returns.resumed(session, from.returning());
                remembered();
            }
            case Frame.Refused refused -> refused(refused);
            case Frame.Paused _ -> continueLater();
            case Frame.Ended ended -> isOver = true;
            case Frame.Error error ->
                context.counts.count("problem " + error.problem().type());
            case Frame.Balance _,
                    Frame.Warning _,
                    Frame.Ending _,
                    Frame.Extended _,
                    Frame.Unfunded _,
                    Frame.Continued _,
                    Frame.Restarting _,
                    Frame.Replaced _,
                    Frame.Pong _ -> {}
        }
    }

    private void continueLater() {
        if (random.nextBoolean()) {
            context.timeline.after(random.nextLong(20 * SECOND), () -> say(new ClientFrame.Continue()));
        }
    }

    private void remembered() {
        isOver = isLeaving;
        if (isLeaving) {
            drop(NORMAL);
        }
    }

    private void refused(Frame.Refused refused) {
        context.counts.count("problem " + refused.problem().type());
        if (refused.sessionId() != null) {
            returns.elsewhere(refused.sessionId());
        }
        isOver |= !refused.problem().type().isRetryable() && (refused.sessionId() == null || !returns.isPossible());
    }

    void closed(Socket which, int code, String reason) {
        if (!isGone && which == socket && !which.isClosedByClient()) {
            context.trace.say(name, () -> "is closed with " + code + " " + reason);
            which.close(code);
            comeBackLater();
        }
    }

    /** Some clients come back, after a while. */
    private void comeBackLater() {
        if (!isOver && random.nextInt(3) > 0) {
            context.timeline.after(random.nextLong(random.nextBoolean() ? SECOND : 12 * SECOND), this::comeBack);
        }
    }

    private void comeBack() {
        if (!isOver && !isGone && !isConnected()) {
            if (!returns.isPossible() || random.nextInt(4) == 0) {
                start();
            } else {
                resume();
            }
        }
    }
}
