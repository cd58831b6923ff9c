package io.drawdown.simulator.sessions;

import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.security.SocketToken;
import io.drawdown.sessions.protocol.ClientFrame;
import io.drawdown.sessions.protocol.PauseWish;
import io.drawdown.simulator.sessions.ClientActor.Want;
import io.drawdown.simulator.world.SimulationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** All clients of session-service, over sockets and over HTTP. */
public final class Clients {

    private static final long SECOND = 1_000_000_000;
    private static final int MOST_REMEMBERED = 24;
    private static final String UNKNOWN_SESSION = "ses_aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final SimulationContext context;
    private final SessionsSide side;
    private final List<String> accounts;
    private final RestClient rest;
    private final List<ClientActor> actors = new ArrayList<>();
    private int made;

    public Clients(SimulationContext context, SessionsSide side, List<String> accounts) {
        this.context = context;
        this.side = side;
        this.accounts = accounts;
        rest = new RestClient(context, side);
    }

    // ---- starting ----

    public void start(RandomGenerator random) {
        fresh(account(random), kind(random), random).start();
    }

    /** Several sessions of one account at once. */
    public void parallelStarts(RandomGenerator random) {
        String account = account(random);
        int size = 2 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            fresh(account, kind(random), random).start();
        }
    }

    /** A client repeats a start key: at once or later, for the same start or another one, over another socket. */
    public void startAgain(RandomGenerator random) {
        if (random.nextInt(3) == 0) {
            ClientActor first = fresh(account(random), kind(random), random);
            first.start();
            add(first.want(), random).start();
        } else if (!actors.isEmpty()) {
            Want before = actors.get(random.nextInt(actors.size())).want();
            String kind = random.nextInt(5) == 0 ? kind(random) : before.kind();
            add(new Want(before.account(), kind, before.startKey()), random).start();
        }
    }

    private ClientActor fresh(String account, String kind, RandomGenerator random) {
        return add(new Want(account, kind, "key-" + Long.toHexString(random.nextLong())), random);
    }

    private ClientActor add(Want want, RandomGenerator random) {
        if (actors.size() == MOST_REMEMBERED) {
            actors.removeFirst().leave();
        }
        ClientActor actor =
                new ClientActor(context, side, "client-" + ++made, want, new SplittableRandom(random.nextLong()));
        actors.add(actor);
        return actor;
    }

    // ---- going on and ending ----

    public void resume(RandomGenerator random) {
        withOne(random, actor -> actor.resumeToken() != null, ClientActor::resume);
    }

    /** A client guesses the id or the token, or has both though they are another client's. */
    public void resumeWithWrongToken(RandomGenerator random) {
        withOne(random, actor -> actor.resumeToken() != null, actor -> {
            String session = String.valueOf(actor.sessionId());
            ClientActor other = add(actor.want(), random);
            switch (random.nextInt(3)) {
                case 0 -> other.greet(wrong(UNKNOWN_SESSION, String.valueOf(actor.resumeToken())));
                case 1 -> other.greet(wrong(session, "guessed"));
                default -> other.greet(Tokens.of("somebody-else"), wrong(session, String.valueOf(actor.resumeToken())));
            }
        });
    }

    private static ClientFrame wrong(String session, String token) {
        return new ClientFrame.Resume(session, token, SocketToken.hash("next of a stranger"), 1_000);
    }

    public void end(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, actor -> actor.say(new ClientFrame.End()));
    }

    public void endTwice(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, actor -> {
            actor.say(new ClientFrame.End());
            if (random.nextBoolean()) {
                actor.say(new ClientFrame.End());
            } else {
                rest.end(String.valueOf(actor.sessionId()), random);
            }
        });
    }

    public void endByRest(RandomGenerator random) {
        if (random.nextInt(8) == 0) {
            rest.endAll(account(random), random);
            return;
        }
        withOne(
                random,
                actor -> actor.sessionId() != null,
                actor -> rest.end(String.valueOf(actor.sessionId()), random));
    }

    /** A session is paused or goes on, over its socket or over HTTP, once or back and forth. */
    public void pause(RandomGenerator random) {
        boolean isPaused = random.nextInt(3) > 0;
        if (random.nextInt(4) == 0) {
            withOne(
                    random,
                    actor -> actor.sessionId() != null,
                    actor -> rest.pause(String.valueOf(actor.sessionId()), wish(isPaused, random), random));
        } else {
            withOne(random, ClientActor::isConnected, actor -> actor.pause(isPaused, random.nextInt(4) == 0));
        }
    }

    private static PauseWish wish(boolean isPaused, RandomGenerator random) {
        if (!isPaused) {
            return PauseWish.GO_ON;
        }
        return random.nextBoolean() ? PauseWish.RELEASE : PauseWish.PAUSE;
    }

    /** What is served to one client stands still for a while. */
    public void stallMedia(RandomGenerator random) {
        long nanos = random.nextLong(12 * SECOND);
        withOne(random, actor -> actor.sessionId() != null, actor -> side.served()
                .stall(String.valueOf(actor.sessionId()), nanos));
    }

    public void closeNormally(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, ClientActor::closeNormally);
    }

    // ---- what befalls them ----

    public void breakOff(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, ClientActor::breakOff);
    }

    public void vanish(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, ClientActor::vanish);
    }

    public void halfOpen(RandomGenerator random) {
        boolean toServer = random.nextBoolean();
        withOne(random, ClientActor::isConnected, actor -> actor.halfOpen(toServer, !toServer));
    }

    public void silent(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, actor -> actor.keepSilent(6 * SECOND + random.nextLong(20 * SECOND)));
    }

    public void slow(RandomGenerator random) {
        withOne(random, ClientActor::isConnected, actor -> actor.takeNothing(SECOND + random.nextLong(20 * SECOND)));
    }

    // ---- intruders ----

    /** A client without a valid token, or one that breaks the protocol. */
    public void stranger(RandomGenerator random) {
        String account = account(random);
        ClientActor actor = fresh(account, kind(random), random);
        Want want = actor.want();
        ClientFrame start = new ClientFrame.Start(want.kind(), account, want.startKey());
        switch (random.nextInt(11)) {
            case 0 -> actor.connect(null);
            case 1 -> actor.connect(null, start);
            case 2 -> actor.connect(null, new ClientFrame.Authenticate(Tokens.WRONG), start);
            case 3 -> actor.connect(null, new ClientFrame.Authenticate(Tokens.expired(account)), start);
            case 4 -> actor.greet(new ClientFrame.Ping());
            case 5 -> actor.greet(new ClientFrame.End());
            case 6 -> actor.greet(new ClientFrame.Start("dubbing", "somebody-else", want.startKey()));
            case 7 -> actor.greet(new ClientFrame.Start("No Kind", account, want.startKey()));
            case 8 -> actor.greet(new ClientFrame.Start("no_such_kind", account, want.startKey()));
            case 9 -> repeat(actor, new ClientFrame.Unreadable(ProblemType.MALFORMED_JSON, "nonsense"), 24);
            default -> repeat(actor, new ClientFrame.Ping(), 120);
        }
    }

    private static void repeat(ClientActor actor, ClientFrame frame, int times) {
        actor.greet(frame);
        for (int i = 1; i < times; i++) {
            actor.say(frame);
        }
    }

    // ---- over HTTP ----

    public void read(RandomGenerator random) {
        withOne(random, actor -> actor.sessionId() != null, actor -> {
            rest.read(String.valueOf(actor.sessionId()), random);
        });
    }

    public void list(RandomGenerator random) {
        String account = random.nextInt(4) == 0 ? null : account(random);
        rest.list(account, random);
    }

    // ---- the end ----

    /** All clients leave. */
    public void leave() {
        actors.forEach(ClientActor::leave);
    }

    /** Acts on one of those clients, or on a new one if there is none. */
    private void withOne(RandomGenerator random, Predicate<ClientActor> which, Consumer<ClientActor> action) {
        List<ClientActor> found = new ArrayList<>();
        for (ClientActor actor : actors) {
            if (which.test(actor)) {
                found.add(actor);
            }
        }
        int chosen = random.nextInt(MOST_REMEMBERED);
        if (!found.isEmpty()) {
            action.accept(found.get(found.size() - 1 - chosen % found.size()));
            return;
        }
        ClientActor fresh = fresh(account(random), kind(random), random);
        fresh.start();
        if (which.test(fresh)) {
            action.accept(fresh);
        }
    }

    private String account(RandomGenerator random) {
        return accounts.get(random.nextInt(accounts.size()));
    }

    private static String kind(RandomGenerator random) {
        return random.nextInt(3) == 0 ? "subtitles" : "dubbing";
    }
}
