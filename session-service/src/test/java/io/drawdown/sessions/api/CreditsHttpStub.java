package io.drawdown.sessions.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Funding;
import io.drawdown.contracts.Funding.Outcome;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.ServerClock;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Plays credits-service over real HTTP: one credit a second, slices of a minute, each account as the test opened it. */
public final class CreditsHttpStub {

    public static final CreditsHttpStub ONLY = new CreditsHttpStub();
    static final Rate RATE = new Rate("live_dubbing", Credits.of(1), 1_000);

    /** It stands still, far from the time of this machine. */
    static final Instant TIME = Instant.parse("2031-01-01T00:00:00Z");

    private static final long SLICE_MILLIS = 60_000;

    private final HttpServer server;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    private CreditsHttpStub() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/internal/sessions/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Opens the account with whole credits; again: tops it up. */
    public void grant(String accountId, long credits) {
        accounts.computeIfAbsent(accountId, Account::new).grant(credits);
    }

    /** While away every question is answered with 503. */
    void beAway(boolean isAway) {
        away = isAway;
    }

    /** How often that was asked: "start ses_x", "renew ses_x", with the token that it came with. */
    long asked(String question, String sessionId) {
        return questions.stream().filter((question + " " + sessionId)::equals).count();
    }

    List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** Until when the questions said that they are worth something, those that said it. */
    List<Instant> deadlines() {
        return List.copyOf(deadlines);
    }

    /** The context and the state that came with that question: "start", "release". */
    String trace(String question, String sessionId) {
        return String.valueOf(traces.get(question + " " + sessionId));
    }

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<Instant> deadlines = new CopyOnWriteArrayList<>();
    private final Map<String, String> traces = new ConcurrentHashMap<>();

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            List<String> stated = exchange.getRequestHeaders().getOrDefault(ServerClock.REQUEST_DEADLINE, List.of());
            stated.forEach(deadline -> deadlines.add(Instant.parse(deadline)));
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            traces.put(
                    path[6] + " " + path[5],
                    exchange.getRequestHeaders().getFirst(TraceContext.TRACEPARENT) + " "
                            + exchange.getRequestHeaders().getFirst(TraceContext.TRACESTATE));
            exchange.getResponseHeaders().set(ServerClock.SERVER_TIME, TIME.toString());
            if (away) {
                byte[] problem = Json.bytes(Map.of("type", ProblemType.UNAVAILABLE.urn()));
                exchange.sendResponseHeaders(503, problem.length);
                exchange.getResponseBody().write(problem);
                return;
            }
            byte[] request = exchange.getRequestBody().readAllBytes();
            questions.add(path[6] + " " + path[5]);
            byte[] answer = Json.bytes(decide(path[5], path[6], request));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private Funding.Answer decide(String sessionId, String question, byte[] request) {
        return switch (question) {
            case "start" -> {
                Funding.Start start = Json.read(request, Funding.Start.class);
                yield account(start.accountId()).start(sessionId, start);
            }
            case "renew" -> {
                Funding.Renew renew = Json.read(request, Funding.Renew.class);
                yield account(renew.accountId()).renew(sessionId, renew.epoch(), renew.usedMillis());
            }
            case "release" -> {
                Funding.Release release = Json.read(request, Funding.Release.class);
                yield account(release.accountId()).release(sessionId, release.usedMillis());
            }
            default -> {
                Funding.Takeover takeover = Json.read(request, Funding.Takeover.class);
                yield account(takeover.accountId()).takeover(sessionId, takeover);
            }
        };
    }

    private Account account(String id) {
        return accounts.computeIfAbsent(id, Account::new);
    }

    /** One account; all in milliseconds, because a credit is a second. */
    private static final class Account {
        private final Map<String, HoldView> holds = new ConcurrentHashMap<>();
        private long grantedMillis;
        private long seq;

        Account(String id) {
            seq = id.isEmpty() ? 0 : 1;
        }

        synchronized void grant(long credits) {
            grantedMillis += credits * 1_000;
            seq++;
        }

        synchronized Funding.Answer start(String sessionId, Funding.Start start) {
            if (holds.containsKey(sessionId)) {
                return answer(Outcome.FUNDED, sessionId);
            }
            if (!start.kind().equals(RATE.kind())) {
                return new Funding.Answer(Outcome.REFUSED, view(), null, ProblemType.UNKNOWN_KIND, null);
            }
            if (freeMillis() < 1_000) {
                return new Funding.Answer(
                        Outcome.REFUSED, view(), null, ProblemType.INSUFFICIENT_CREDITS, Credits.of(1));
            }
            return hold(sessionId, 1, 0);
        }

        synchronized Funding.Answer renew(String sessionId, long epoch, long usedMillis) {
            HoldView hold = holds.get(sessionId);
            if (hold == null) {
                return new Funding.Answer(Outcome.NO_HOLD, view(), null, null, null);
            }
            return epoch == hold.epoch() ? hold(sessionId, epoch, usedMillis) : answer(Outcome.STALE, sessionId);
        }

        synchronized Funding.Answer takeover(String sessionId, Funding.Takeover takeover) {
            return holds.containsKey(sessionId)
                    ? hold(sessionId, takeover.epoch(), takeover.proofUsedMillis())
                    : new Funding.Answer(Outcome.NO_HOLD, view(), null, null, null);
        }

        synchronized Funding.Answer release(String sessionId, long usedMillis) {
            HoldView hold = holds.get(sessionId);
            if (hold == null) {
                return new Funding.Answer(Outcome.RELEASED, view(), null, null, null);
            }
            long used = Math.clamp(usedMillis, hold.usedMillis(), hold.fundedMillis());
            HoldView last = new HoldView(sessionId, hold.epoch(), used, used, RATE.priceOf(used), RATE);
            if (!last.equals(hold)) {
                holds.put(sessionId, last);
                seq++;
            }
            return answer(Outcome.RELEASED, sessionId);
        }

        private Funding.Answer hold(String sessionId, long epoch, long usedMillis) {
            HoldView known = holds.get(sessionId);
            long before = known == null ? 0 : known.fundedMillis();
            long used = Math.min(known == null ? 0 : Math.max(usedMillis, known.usedMillis()), before);
            long funded = Math.max(before, Math.min(used + SLICE_MILLIS, before + freeMillis()));
            holds.put(sessionId, new HoldView(sessionId, epoch, used, funded, RATE.priceOf(used), RATE));
            seq++;
            Outcome outcome = funded > before || funded - used >= SLICE_MILLIS
                    ? Outcome.FUNDED
                    : used < funded ? Outcome.ENDING : Outcome.EXHAUSTED;
            return answer(outcome, sessionId);
        }

        private Funding.Answer answer(Outcome outcome, String sessionId) {
            return new Funding.Answer(outcome, view(), holds.get(sessionId), null, null);
        }

        private long freeMillis() {
            return grantedMillis
                    - holds.values().stream().mapToLong(HoldView::fundedMillis).sum();
        }

        private AccountView view() {
            long used = holds.values().stream().mapToLong(HoldView::usedMillis).sum();
            Credits balance = Credits.of(grantedMillis / 1_000).minus(RATE.priceOf(used));
            Credits free = Credits.of(freeMillis() / 1_000);
            return new AccountView(
                    seq,
                    balance,
                    balance.minus(free),
                    free,
                    Credits.of(holds.size()),
                    Credits.of(grantedMillis / 1_000));
        }
    }
}
