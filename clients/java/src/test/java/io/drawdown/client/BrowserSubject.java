package io.drawdown.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** The client for browsers, in an engine without one: {@code browser.js} makes what it needs of a browser out of {@link Host}. */
final class BrowserSubject implements Subject {

    static final Path MODULE = Path.of("../browser/drawdown.js");

    private final Surroundings surroundings;
    /** Shared, so that the module is parsed once. */
    private static final Engine ENGINE = Engine.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .build();

    private static final AtomicInteger MADE = new AtomicInteger();

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Context context;
    private final Value subject;

    BrowserSubject(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.context = Context.newBuilder("js")
                .engine(ENGINE)
                .allowHostAccess(HostAccess.ALL)
                .allowExperimentalOptions(true)
                .option("js.esm-eval-returns-exports", "true")
                .build();
        this.subject = surroundings.loop().call(this::load);
    }

    private Value load() {
        try {
            Value module = context.eval(module(MODULE));
            Value make = context.eval(module(Path.of("src/test/resources/browser.js")));
            return make.getMember("subject").execute(new Host(), module);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source module(Path file) throws IOException {
        return Source.newBuilder("js", file.toFile())
                .mimeType("application/javascript+module")
                .build();
    }

    private void execute(String method) {
        surroundings.loop().call(() -> subject.invokeMember(method));
    }

    @Override
    public void start() {
        execute("start");
    }

    @Override
    public boolean resume() {
        return surroundings.loop().call(() -> subject.invokeMember("resume").asBoolean());
    }

    @Override
    public void pause(boolean release) {
        execute(release ? "pauseAndRelease" : "pause");
    }

    @Override
    public void unpause() {
        execute("unpause");
    }

    @Override
    public void end() {
        execute("end");
    }

    @Override
    public void detach() {
        execute("detach");
    }

    @Override
    public void online() {
        execute("online");
    }

    @Override
    public List<String> heard() {
        return heard;
    }

    @Override
    public String outcome() {
        return surroundings.loop().call(() -> subject.invokeMember("outcome").asString());
    }

    @Override
    public void close() {
        surroundings.loop().call(() -> {
            subject.invokeMember("close");
            context.close();
            return true;
        });
    }

    /** What {@code browser.js} takes of Java; everything on the loop. */
    public final class Host {

        public String url() {
            return surroundings.address().toString();
        }

        public double now() {
            return surroundings.loop().nanos() / 1e6;
        }

        public double random() {
            return Surroundings.JITTER;
        }

        /** A byte of no value twice in a row. */
        public int roll() {
            return MADE.incrementAndGet() & 0xff;
        }

        public String sha256(String ascii) {
            return Ticket.hash(ascii);
        }

        public long giveUpAfterMillis() {
            return surroundings.giveUpAfter().toMillis();
        }

        public Runnable after(Value action, double millis) {
            return surroundings.loop().after(Duration.ofNanos((long) (millis * 1e6)), () -> action.executeVoid());
        }

        public String load() {
            return surroundings.store().load().orElse("");
        }

        public void save(String ticket) {
            surroundings.store().save(ticket);
        }

        public void clear() {
            surroundings.store().clear();
        }

        public void hear(String what) {
            heard.add(what);
        }

        /** The JDK's socket, which answers pings by itself as a browser does. */
        public Socket open(String url, Value socket) {
            return new Socket(url, socket);
        }
    }

    /** A browser's socket. */
    public final class Socket implements Connection.Owner {

        private final Value events;
        private final Connection connection;

        Socket(String url, Value events) {
            this.events = events;
            this.connection =
                    new Connection(URI.create(url), "none", Duration.ofSeconds(10), surroundings.loop(), this);
        }

        public void send(String text) {
            connection.send(text);
        }

        public void close(int code) {
            connection.close(code);
        }

        @Override
        public void opened() {
            events.invokeMember("opened");
        }

        @Override
        public void text(String text) {
            events.invokeMember("text", text);
        }

        @Override
        public void heard() {
            // a browser does not tell of pings
        }

        @Override
        public void closed(int code) {
            events.invokeMember("closed", code);
        }
    }
}
