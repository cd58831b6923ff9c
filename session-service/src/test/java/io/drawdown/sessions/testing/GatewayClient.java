package io.drawdown.sessions.testing;

import io.drawdown.sessions.SessionsCore;
import io.drawdown.sessions.document.SessionDocument;
import io.drawdown.sessions.document.SessionIds;
import io.drawdown.sessions.document.SessionState.Ended;
import io.drawdown.sessions.document.SessionState.Reported;
import io.drawdown.sessions.document.SessionView;
import io.drawdown.sessions.gateway.GatewayStart;
import io.drawdown.sessions.gateway.Reply;
import io.drawdown.sessions.gateway.Report;
import io.drawdown.sessions.gateway.Report.Step;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A gateway without a socket, with one session. Each call waits a second for its answer. */
public final class GatewayClient {

    private final World world;
    private final String account;
    private final String key;
    private @Nullable Reply reply;
    private @Nullable Throwable fault;

    public GatewayClient(World world, String account, String key) {
        this.world = world;
        this.account = account;
        this.key = key;
    }

    public String id() {
        return SessionIds.of(account, key);
    }

    public GatewayClient start() {
        return start("live_dubbing");
    }

    public GatewayClient start(String kind) {
        GatewayStart start = new GatewayStart(id(), account, kind, "hash of " + kind, null);
        return ask(core -> core.gateways().start(start));
    }

    public GatewayClient states(long usedMillis) {
        return report(Step.GO_ON, usedMillis);
    }

    public GatewayClient pauses(long usedMillis) {
        return report(Step.PAUSE, usedMillis);
    }

    public GatewayClient releases(long usedMillis) {
        return report(Step.RELEASE, usedMillis);
    }

    public GatewayClient resumes(long usedMillis) {
        return report(Step.RESUME, usedMillis);
    }

    public GatewayClient ends(long usedMillis) {
        return report(Step.END, usedMillis);
    }

    /** States that total every 20 s for so long. */
    public GatewayClient keepsStating(long usedMillis, Duration forSoLong) {
        for (Duration passed = Duration.ZERO; passed.compareTo(forSoLong) < 0; passed = passed.plusSeconds(20)) {
            world.time.advance(Duration.ofSeconds(19));
            states(usedMillis);
        }
        return this;
    }

    private GatewayClient report(Step step, long usedMillis) {
        return ask(core -> core.gateways().report(id(), new Report(step, usedMillis, null)));
    }

    private GatewayClient ask(Function<SessionsCore, Uni<Reply>> question) {
        reply = null;
        fault = null;
        question.apply(world.core()).subscribe().with(answer -> reply = answer, failure -> fault = failure);
        world.time.advance(Duration.ofSeconds(1));
        return this;
    }

    public Reply reply() {
        if (reply == null) {
            throw new AssertionError("no reply", fault);
        }
        return reply;
    }

    public Throwable fault() {
        if (fault == null) {
            throw new AssertionError("no fault but " + reply);
        }
        return fault;
    }

    /** As the last answer shows it. */
    public SessionView view(long statedMillis) {
        if (reply() instanceof Reply.Stands(SessionDocument session, boolean _)) {
            return SessionView.stated(session, statedMillis);
        }
        throw unexpected();
    }

    public SessionView view() {
        return view(0);
    }

    public SessionDocument stored() {
        return world.sessions.one(id());
    }

    public Reported reported() {
        if (stored().state() instanceof Reported reported) {
            return reported;
        }
        throw unexpected();
    }

    public Ended ended() {
        return stored().ended().orElseThrow(() -> new AssertionError(stored().toString()));
    }

    private AssertionError unexpected() {
        return new AssertionError(reply + ", stored " + world.sessions.documents.get(id()));
    }
}
