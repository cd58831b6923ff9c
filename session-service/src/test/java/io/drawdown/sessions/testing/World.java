package io.drawdown.sessions.testing;

import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.SessionControl;
import io.drawdown.contracts.SessionEvent;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.kit.socket.Identity;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.testing.MemoryIncarnations;
import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.SessionsPorts;
import io.drawdown.sessions.config.SessionsSettings;
import io.drawdown.sessions.connection.ClientConnection;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.Frame;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One core, the fakes around it, and its clients; a crash leaves the fakes and takes the core. */
public final class World {

    public static final Identity GATEWAY = new Identity("gateway", true, Instant.MAX);

    private static final AtomicLong ATTEMPTS = new AtomicLong();

    public final ManualTime time = new ManualTime();
    private final Network network = new Network(time);
    public final MemorySessions sessions = new MemorySessions(network);
    public final MemoryIncarnations incarnations = new MemoryIncarnations(time, network::answer);
    public final MemoryBroker broker = new MemoryBroker(network);
    public final RecordingMedia media = new RecordingMedia(time);
    public final FakeCredits credits = new FakeCredits(time, network, this::hear);
    /** By the tokens that are valid. */
    public final Map<String, Identity> identities = new HashMap<>();

    public final List<AccountEvent> events = new ArrayList<>();

    private SessionsSettings settings;
    private final Random random = new Random(7);
    private final List<RecordingSocket> pinged = new ArrayList<>();
    private final List<Instance> others = new ArrayList<>();
    private SessionsCore core;
    private int tokens;
    private int consumed;

    public World() {
        this(DefaultSettings.OF_ONE);
    }

    public World(SessionsSettings settings) {
        this.settings = settings;
        broker.control = this::tellAll;
        this.core = fresh();
        time.after(Duration.ofSeconds(1), this::pongAll);
        time.after(Duration.ofMillis(20), this::consumeLifecycle);
        time.advance(Duration.ofMillis(10));
    }

    public SessionsCore core() {
        return core;
    }

    /** kill -9: nothing that the process had planned happens any more. */
    public void crash() {
        network.crash();
        media.die();
    }

    /** kill -9, and an instance of another name is there instead. */
    public void restartAs(String instance) {
        settings = DefaultSettings.of(instance);
        restart();
    }

    public void restart() {
        media.die();
        core = fresh();
    }

    /** The process stands still for so long, then does all that fell due. */
    public void sleep(Duration duration) {
        network.sleep();
        media.standStill();
        time.advance(duration);
        media.goOn();
        network.wake();
    }

    /** An instance beside the first. */
    public Instance another(String name) {
        Dying process = network.bootAnother();
        RecordingMedia itsMedia = new RecordingMedia(time);
        SessionsCore[] made = new SessionsCore[1];
        network.run(process, () -> made[0] = start(process, itsMedia, DefaultSettings.of(name)));
        Instance instance = new Instance(time, process, made[0], itsMedia);
        others.add(instance);
        time.advance(Duration.ofMillis(10));
        return instance;
    }

    private SessionsCore fresh() {
        Dying process = network.boot();
        return start(process, media, settings);
    }

    private SessionsCore start(Dying process, RecordingMedia delivers, SessionsSettings its) {
        SessionsPorts ports = new SessionsPorts(
                sessions,
                incarnations,
                credits,
                broker,
                broker,
                this::verify,
                delivers.of(process),
                () -> "token-" + ++tokens);
        SessionsCore made = new SessionsCore(ports, its, time, process, random);
        made.start().subscribe().with(done -> {});
        return made;
    }

    /** A client that is connected and answers pings. */
    public RecordingSocket client(@Nullable Identity identity) {
        RecordingSocket socket = silentClient(identity);
        pinged.add(socket);
        return socket;
    }

    public RecordingSocket silentClient(@Nullable Identity identity) {
        RecordingSocket socket = new RecordingSocket(time);
        ClientConnection connection = core.opened(socket, identity);
        return socket.connectedTo(connection, network.toProcess());
    }

    /** A client that has sent its start, and half a second for what comes of it. */
    public RecordingSocket start(String account, String key) {
        RecordingSocket socket = client(GATEWAY);
        socket.says(new ClientFrame.Start("live_dubbing", account, key));
        time.advance(Duration.ofMillis(20));
        return socket;
    }

    public String id(RecordingSocket socket) {
        return socket.last(Frame.Started.class).session().sessionId();
    }

    /** A client that comes back, and names as its next token this one and a prime. */
    public static ClientFrame.Resume resume(String id, @Nullable String token) {
        return new ClientFrame.Resume(
                id, String.valueOf(token), SocketToken.hash(token + "'"), ATTEMPTS.incrementAndGet());
    }

    public void stopsAnswering(RecordingSocket socket) {
        pinged.remove(socket);
    }

    private Uni<Optional<Identity>> verify(String token) {
        return network.answer(Duration.ofMillis(1), () -> Optional.ofNullable(identities.get(token)));
    }

    private void tellAll(SessionControl told) {
        network.reach(() -> core.handleControls(List.of(told)));
        others.forEach(other -> other.hear(told));
    }

    private void hear(AccountEvent event) {
        events.add(event);
        if (!broker.away) {
            network.reach(() -> core.handleAccountEvents(List.of(event)));
            others.forEach(other -> other.hear(event));
        }
    }

    private void pongAll() {
        for (RecordingSocket socket : List.copyOf(pinged)) {
            if (socket.closeCode == null && network.isUp()) {
                network.reach(socket::pongs);
            } else {
                pinged.remove(socket);
            }
        }
        others.forEach(Instance::pong);
        time.after(Duration.ofSeconds(1), this::pongAll);
    }

    private void consumeLifecycle() {
        while (consumed < broker.lifecycle.size()) {
            SessionEvent event = broker.lifecycle.get(consumed++);
            if (event.type() == SessionEvent.Type.ENDED) {
                credits.release(event.accountId(), event.sessionId(), event.usedMillis());
            }
        }
        time.after(Duration.ofMillis(20), this::consumeLifecycle);
    }
}
