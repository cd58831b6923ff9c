package io.drawdown.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.client.Outcome.Kind;
import io.drawdown.client.SessionListener.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One session, over one socket after the other. Everything happens on the loop of its client: frames and closings of the
 * socket that it has now (nothing is heard of an earlier one), and one timer, which is due when an answer, a sign of life or
 * the next try is.
 *
 * <p>A socket that is lost is replaced after a while, unless the service said why and a new one would change nothing.
 * The ticket is stored before it is used, so that nothing that the service may know is lost with this process.
 */
public final class LiveSession {

    private static final Logger LOG = System.getLogger(LiveSession.class.getName());

    /** The first frame of a new socket must be answered within this time. */
    static final Duration ANSWER = Duration.ofSeconds(10);
    /** After so long a silence the client asks whether the service is there; it sends a ping every 5 s. */
    static final Duration SILENCE = Duration.ofSeconds(10);
    /** How long it waits for any answer then. */
    static final Duration PROBE = Duration.ofSeconds(5);

    private final SessionClient client;
    private final ClientLoop loop;
    private final TicketStore store;
    private final OrderedNews told;
    private final Backoff backoff;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private Ticket ticket;
    private State state = State.WAITING;
    private @Nullable Connection connection;
    private @Nullable Frame last;
    private @Nullable Runnable timer;
    private Duration retryAfter = Duration.ZERO;
    private long lostNanos;

    LiveSession(SessionClient client, Ticket ticket, TicketStore store, SessionListener listener) {
        this.client = client;
        this.loop = client.settings().loop();
        this.store = store;
        this.told = new OrderedNews(listener);
        this.backoff = new Backoff(client.settings().random(), loop);
        this.ticket = ticket;
    }

    LiveSession begin() {
        lostNanos = loop.nanos();
        loop.execute(() -> {
            store.save(Json.text(ticket));
            connect();
        });
        return this;
    }

    /** Completes once, when the client is done with the session; never fails. */
    public CompletableFuture<Outcome> outcome() {
        return outcome.copy();
    }

    /**
     * Ends the session, whatever it takes: without a socket the client comes back first, and a later process that resumes the
     * ticket ends it too. The {@link #outcome()} tells when it has ended.
     */
    public void end() {
        loop.execute(() -> {
            if (state != State.OVER) {
                keep(ticket.withEnd());
                endIfWanted();
                retry();
            }
        });
    }

    /** Asks for a pause; {@link Frame.Paused} tells that it is one. To release is to give back what is not used until then. */
    public void pause(boolean release) {
        ask(new ClientFrame.Pause(release));
    }

    /** Asks for the end of the pause; {@link Frame.Continued} tells it. Without a socket nothing happens. */
    public void unpause() {
        ask(new ClientFrame.Continue());
    }

    private void ask(ClientFrame frame) {
        loop.execute(() -> {
            if (state == State.LIVE) {
                send(frame);
            }
        });
    }

    /** Leaves the session without ending it. Its ticket stays in the store. */
    public void detach() {
        loop.execute(() -> {
            if (connection != null) {
                connection.close(CloseCodes.DETACHED);
            }
            finish(Kind.DETACHED, CloseCodes.DETACHED);
        });
    }

    /** The network is back, or another: tries what waits, at once unless told when, and asks whether an open socket still is. */
    public void networkChanged() {
        loop.execute(this::retry);
    }

    private void retry() {
        Duration floor = backoff.anew();
        switch (state) {
            case WAITING -> arm(floor, this::connect);
            case LIVE -> probe();
            case CONNECTING, OVER -> {
                // nothing waits
            }
        }
    }

    private void connect() {
        enter(State.CONNECTING);
        retryAfter = Duration.ZERO;
        last = null;
        Socket socket = new Socket();
        arm(ANSWER, () -> lost(CloseCodes.BROKEN));
        try {
            connection = client.connect(ANSWER, socket);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "No socket could be opened", e);
            connection = null;
            lost(CloseCodes.BROKEN);
        }
    }

    private void send(ClientFrame frame) {
        if (connection != null) {
            connection.send(Json.text(frame));
        }
    }

    private void endIfWanted() {
        if (ticket.ending() && state == State.LIVE) {
            send(new ClientFrame.End());
        }
    }

    private void frame(JsonNode json) {
        Frame frame = Json.frame(json);
        switch (frame) {
            case Frame.Started started -> live(ticket.started(started.sessionId()));
            case Frame.Resumed _ -> live(ticket.resumed());
            case Frame.Restarting restarting -> retryAfter = Duration.ofSeconds(restarting.retryAfter());
            case Frame.Refused refused -> {
                retryAfter = refused.retryAfter() == null ? Duration.ZERO : Duration.ofSeconds(refused.retryAfter());
                keep(ticket.refused(refused));
                lastWord(refused);
            }
            case Frame.Ended ended -> lastWord(ended);
            default -> {
                // only told
            }
        }
        told.frame(frame, json);
        if (frame instanceof Frame.Started || frame instanceof Frame.Resumed) {
            endIfWanted();
        }
    }

    private void lastWord(Frame frame) {
        last = frame;
        arm(PROBE, () -> lost(CloseCodes.BROKEN));
    }

    private void live(Ticket next) {
        keep(next);
        backoff.live();
        enter(State.LIVE);
        listen();
    }

    private void listen() {
        arm(SILENCE, this::probe);
    }

    private void probe() {
        send(new ClientFrame.Ping());
        arm(PROBE, () -> lost(CloseCodes.BROKEN));
    }

    private void lost(int code) {
        if (connection != null) {
            connection.drop();
            connection = null;
        }
        if (state == State.LIVE) {
            lostNanos = loop.nanos();
            backoff.lost();
        }
        if (last instanceof Frame.Ended) {
            finish(Kind.ENDED, code);
        } else if (last instanceof Frame.Refused refused && CloseCodes.isFinal(refused, code)) {
            finish(Kind.REFUSED, code);
        } else if (!CloseCodes.mayReconnect(code)) {
            finish(Kind.CLOSED, code);
        } else {
            later(code);
        }
    }

    private void later(int code) {
        Duration delay = backoff.next(CloseCodes.atLeast(code, retryAfter));
        Duration away = Duration.ofNanos(loop.nanos() - lostNanos);
        if (away.plus(delay).compareTo(client.settings().giveUpAfter()) > 0) {
            finish(Kind.LOST, code);
        } else {
            enter(State.WAITING);
            arm(delay, this::connect);
        }
    }

    private void finish(Kind kind, int code) {
        if (state == State.OVER) {
            return;
        }
        connection = null;
        disarm();
        if (kind == Kind.ENDED || kind == Kind.REFUSED) {
            store.clear();
        }
        enter(State.OVER);
        outcome.complete(new Outcome(kind, code, last));
    }

    private void keep(Ticket next) {
        if (!next.equals(ticket)) {
            ticket = next;
            store.save(Json.text(next));
        }
    }

    private void enter(State next) {
        if (state != next) {
            state = next;
            told.state(next);
        }
    }

    private void arm(Duration delay, Runnable action) {
        disarm();
        timer = loop.after(delay, action);
    }

    private void disarm() {
        if (timer != null) {
            timer.run();
            timer = null;
        }
    }

    /** What becomes of the socket that the session has now. */
    private final class Socket implements Connection.Owner {

        @Override
        public void opened() {
            keep(ticket.beforeOpening(client.settings().random()));
            send(ticket.opening());
        }

        @Override
        public void text(String text) {
            heard();
            try {
                frame(Json.parse(text));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.WARNING, "A frame is not JSON: {0}", text);
            }
        }

        @Override
        public void heard() {
            if (state == State.LIVE && last == null) {
                listen();
            }
        }

        @Override
        public void closed(int code) {
            connection = null;
            lost(code);
        }
    }
}
