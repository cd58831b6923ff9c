package io.drawdown.tasks.socket;

import io.drawdown.contracts.EndReason;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.TaskEvent;
import io.drawdown.contracts.TaskProgress;
import io.drawdown.kit.faults.Unavailable;
import io.drawdown.kit.socket.FrameProblem;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.socket.SocketClient;
import io.drawdown.kit.socket.SocketClient.Surroundings;
import io.drawdown.kit.socket.SocketPort;
import io.drawdown.kit.time.ResettableTimer;
import io.drawdown.tasks.LiveService;
import io.drawdown.tasks.api.TaskView;
import io.drawdown.tasks.live.Interest;
import io.drawdown.tasks.live.Interest.OfTask;
import io.drawdown.tasks.live.LiveListener;
import io.drawdown.tasks.live.LiveTasks;
import io.drawdown.tasks.live.LiveView;
import io.drawdown.tasks.live.Seats;
import io.drawdown.tasks.socket.LiveFrame.Of;
import io.drawdown.tasks.task.TaskDocument;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client that watches tasks over a socket. It is closed when its token expires and no later one came, when it subscribes to
 * nothing for too long, or when it gives no sign of life. Belongs to the live thread.
 */
final class LiveClient implements LiveListener {

    static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AT_TOKEN = Duration.ofMinutes(1);
    private static final long RETRY_AFTER_SECONDS = 5;

    private final Room room;
    private final Surroundings surroundings;
    private final SocketClient<ClientFrame, LiveFrame> client;
    private final ResettableTimer silence;
    private final ResettableTimer expiry;
    private @Nullable LiveView view;
    private @Nullable Identity identity;
    private @Nullable String seat;
    private boolean hasSeat;

    /**
     * Where clients are.
     *
     * @param idle how long one may subscribe to nothing
     * @param subscriptions of one client
     */
    record Room(LiveTasks tasks, Seats seats, Duration idle, int subscriptions) {}

    LiveClient(SocketPort<LiveFrame> socket, Surroundings surroundings, Room room) {
        this.room = room;
        this.surroundings = surroundings;
        this.client = new SocketClient<>(socket, surroundings, new Talk());
        this.silence = new ResettableTimer(surroundings.scheduler());
        this.expiry = new ResettableTimer(surroundings.scheduler());
    }

    void opened(@Nullable Identity verified) {
        hasSeat = room.seats().take(null);
        if (hasSeat) {
            signOfLife();
            client.opened(verified);
        } else {
            full();
        }
    }

    private void full() {
        client.turnAway(ProblemType.RATE_LIMITED, LiveService.FULL, EndReason.RATE_LIMITED);
    }

    void frame(ClientFrame frame) {
        client.frame(frame);
    }

    /** A pong arrived, or anything else that only a living client sends. */
    void signOfLife() {
        if (!client.isGone()) {
            silence.set(LONGEST_SILENCE, () -> client.closeAfter(EndReason.DISCONNECTED));
        }
    }

    void closed(int code) {
        client.closed(code);
    }

    private void authenticated(Identity known) {
        if (identity == null) {
            begin(known);
        } else if (identity.forOthers() != known.forOthers()) {
            client.turnAway(
                    ProblemType.FORBIDDEN,
                    "a token with other rights cannot replace the first",
                    EndReason.UNAUTHENTICATED);
        }
    }

    private void begin(Identity known) {
        @Nullable String account = known.forOthers() ? null : known.subject();
        room.seats().leave(null);
        hasSeat = room.seats().take(account);
        if (!hasSeat) {
            full();
            return;
        }
        identity = known;
        seat = account;
        view = room.tasks().open(account, this);
        expectUse();
        lookAtToken();
    }

    private void lookAtToken() {
        Identity known = client.requireIdentity();
        if (known != null) {
            Duration left = Duration.between(surroundings.time().now(), known.validUntil());
            expiry.set(left.compareTo(LOOK_AT_TOKEN) < 0 ? left : LOOK_AT_TOKEN, this::lookAtToken);
        }
    }

    private void expectUse() {
        client.expectUse(room.idle(), "nothing was subscribed to");
    }

    private void subscribe(Interest interest) {
        LiveView tasks = view;
        if (client.requireIdentity() == null || tasks == null) {
            return;
        }
        if (!tasks.has(interest) && tasks.size() >= room.subscriptions()) {
            client.error(ProblemType.RATE_LIMITED, "at most " + room.subscriptions() + " subscriptions");
            return;
        }
        client.used();
        tasks.watch(interest);
    }

    private void unsubscribe(Interest interest) {
        if (client.requireIdentity() != null) {
            ignore(interest);
            client.send(new LiveFrame.Unsubscribed(Of.of(interest), null));
        }
    }

    private void ignore(Interest interest) {
        if (view != null) {
            view.ignore(interest);
            lookWhetherIdle(view);
        }
    }

    private void lookWhetherIdle(LiveView tasks) {
        if (tasks.size() == 0) {
            expectUse();
        }
    }

    private void gone() {
        silence.cancel();
        expiry.cancel();
        if (view != null) {
            view.close();
        }
        if (hasSeat) {
            hasSeat = false;
            room.seats().leave(seat);
        }
    }

    private void givenUp(Interest interest, ProblemType problem) {
        client.send(new LiveFrame.Unsubscribed(Of.of(interest), FrameProblem.of(problem, null)));
        if (view != null) {
            lookWhetherIdle(view);
        }
    }

    @Override
    public void found(Interest interest, List<TaskDocument> tasks) {
        client.send(new LiveFrame.Subscribed(
                Of.of(interest), tasks.stream().map(TaskView::inList).toList()));
    }

    @Override
    public void missing(String taskId) {
        givenUp(new OfTask(taskId), ProblemType.TASK_NOT_FOUND);
    }

    @Override
    public void failed(Interest interest, Throwable fault) {
        givenUp(interest, fault instanceof Unavailable ? ProblemType.UNAVAILABLE : ProblemType.INTERNAL);
    }

    @Override
    public void changed(TaskDocument task) {
        client.send(new LiveFrame.Task(TaskView.inList(task)));
    }

    @Override
    public void happened(TaskEvent step) {
        client.send(new LiveFrame.Step(step));
    }

    @Override
    public void progressed(TaskProgress progress) {
        client.send(new LiveFrame.Progress(progress));
    }

    @Override
    public void stale(boolean isStale) {
        client.send(new LiveFrame.Stale(isStale));
    }

    @Override
    public void stopping() {
        client.send(new LiveFrame.Restarting(RETRY_AFTER_SECONDS));
        client.closeAfter(EndReason.RESTARTING);
    }

    @Override
    public int waiting() {
        return client.waiting();
    }

    /** What a client that watches may say. */
    private final class Talk implements SocketClient.Owner<ClientFrame, LiveFrame> {

        @Override
        public @Nullable String tokenOf(ClientFrame frame) {
            return frame instanceof ClientFrame.Authenticate(String token) ? token : null;
        }

        @Override
        public void handle(ClientFrame frame) {
            switch (frame) {
                case ClientFrame.Authenticate _ -> throw new IllegalStateException("a token is not handled here");
                case ClientFrame.Subscribe(Interest interest) -> subscribe(interest);
                case ClientFrame.Unsubscribe(Interest interest) -> unsubscribe(interest);
                case ClientFrame.Ping() -> client.send(new LiveFrame.Pong());
                case ClientFrame.Unreadable(ProblemType problem, String detail) -> client.error(problem, detail);
            }
        }

        @Override
        public LiveFrame error(ProblemType problem, String detail) {
            return new LiveFrame.Error(FrameProblem.of(problem, detail));
        }

        @Override
        public void signOfLife() {
            LiveClient.this.signOfLife();
        }

        @Override
        public void authenticated(Identity known) {
            LiveClient.this.authenticated(known);
        }

        @Override
        public void tooSlow() {}

        @Override
        public void gone(int closeCode) {
            LiveClient.this.gone();
        }
    }
}
