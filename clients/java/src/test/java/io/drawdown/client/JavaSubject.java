package io.drawdown.client;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The client for Java. */
final class JavaSubject implements Subject, SessionListener {

    /** Every roll is a half, and no two tokens are equal. */
    private static final RandomGenerator DICE = new RandomGenerator() {
        private final AtomicLong made = new AtomicLong();

        @Override
        public long nextLong() {
            return made.incrementAndGet();
        }

        @Override
        public double nextDouble() {
            return Surroundings.JITTER;
        }
    };

    private final Surroundings surroundings;
    private final SessionClient client;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile @Nullable LiveSession session;

    JavaSubject(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.client = new SessionClient(
                surroundings.address(),
                () -> "token",
                new SessionClient.Settings(surroundings.loop(), DICE, surroundings.giveUpAfter()));
    }

    @Override
    public void start() {
        session = client.start(new SessionRequest("ada", "live_dubbing", "key-1"), surroundings.store(), this);
    }

    @Override
    public boolean resume() {
        Optional<LiveSession> found = client.resume(surroundings.store(), this);
        session = found.orElse(null);
        return found.isPresent();
    }

    @Override
    public void onFrame(Frame frame) {
        heard.add("frame:" + frame.toJson().path("type").asText());
    }

    @Override
    public void onMoney(Money money) {
        heard.add("money:" + money.seq() + "=" + money.balance().toPlainString());
    }

    @Override
    public void onState(State state) {
        heard.add("state:" + state.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void pause(boolean release) {
        live().pause(release);
    }

    @Override
    public void unpause() {
        live().unpause();
    }

    @Override
    public void end() {
        live().end();
    }

    @Override
    public void detach() {
        live().detach();
    }

    @Override
    public void online() {
        live().networkChanged();
    }

    @Override
    public List<String> heard() {
        return heard;
    }

    @Override
    public String outcome() {
        return live().outcome()
                .thenApply(done -> done.kind().name().toLowerCase(Locale.ROOT) + " " + done.closeCode())
                .getNow("");
    }

    private LiveSession live() {
        return Objects.requireNonNull(session);
    }

    @Override
    public void close() {
        if (session != null) {
            detach();
        }
    }
}
