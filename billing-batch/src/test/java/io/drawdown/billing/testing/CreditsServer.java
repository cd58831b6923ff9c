package io.drawdown.billing.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.Granting;
import io.drawdown.contracts.Granting.StandingStatus;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.json.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The internal routes of credits-service over HTTP, as far as purchases need them; the real one is in e2e. A PUT of a {@link Told} to
 * {@code /told/<account>} says how the account is; a GET there tells what was granted.
 */
public final class CreditsServer implements QuarkusTestResourceLifecycleManager {

    private static final String INTERNAL = "/api/v1/internal/accounts/";
    private static final String TOLD = "/told/";
    private static final int UNAVAILABLE = 503;

    private final Map<String, Account> accounts = new HashMap<>();
    private @Nullable HttpServer server;

    /**
     * How an account is.
     *
     * @param fails so many of the next grants are answered with 503, after they were done
     * @param closes whether it is closed by whoever asks for a grant next
     */
    public record Told(StandingStatus status, Credits balance, int fails, boolean closes) {}

    /** What was given to an account. */
    public record Given(Credits balance, long grants, int asked, String reference) {}

    private static final class Account {
        private StandingStatus status = StandingStatus.ACTIVE;
        private Credits balance = Credits.ZERO;
        private long seq = 1;
        private int fails;
        private boolean closes;
        private int asked;
        private String reference = "";
        private final Map<String, Long> grants = new HashMap<>();

        AccountView view() {
            return new AccountView(seq, balance, Credits.ZERO, balance, Credits.ZERO, balance);
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            http.createContext("/", this::handle);
            http.start();
            server = http;
            Path token = Files.writeString(Files.createTempFile("billing", ".token"), "a-token-of-the-tests");
            token.toFile().deleteOnExit();
            return Map.of(
                    "drawdown.credits-url",
                    "http://localhost:" + http.getAddress().getPort(),
                    "drawdown.service-token-file",
                    token.toString(),
                    "drawdown.auto-top-up.apart",
                    "1s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (path.startsWith(TOLD)) {
            told(exchange, account(path.substring(TOLD.length())), body);
        } else if (!"Bearer a-token-of-the-tests"
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, new byte[0]);
        } else if (path.endsWith("/grants")) {
            grant(exchange, account(path.substring(INTERNAL.length(), path.lastIndexOf('/'))), body);
        } else {
            Account found = accounts.get(path.substring(INTERNAL.length()));
            Granting.Standing standing = found == null || found.status == StandingStatus.MISSING
                    ? new Granting.Standing(StandingStatus.MISSING, null)
                    : new Granting.Standing(found.status, found.view());
            answer(exchange, 200, Json.bytes(standing));
        }
    }

    private Account account(String id) {
        return accounts.computeIfAbsent(id, absent -> new Account());
    }

    private static void told(HttpExchange exchange, Account account, byte[] body) throws IOException {
        if (body.length > 0) {
            Told told = Json.read(body, Told.class);
            account.status = told.status();
            account.balance = told.balance();
            account.fails = told.fails();
            account.closes = told.closes();
            account.seq++;
        }
        long given = account.grants.values().stream().filter(seq -> seq > 0).count();
        answer(exchange, 200, Json.bytes(new Given(account.balance, given, account.asked, account.reference)));
    }

    private static void grant(HttpExchange exchange, Account account, byte[] body) throws IOException {
        Granting.Grant grant = Json.read(body, Granting.Grant.class);
        account.asked++;
        long seq = account.grants.computeIfAbsent(grant.key(), key -> granted(account, grant));
        if (account.fails > 0) {
            account.fails--;
            answer(exchange, UNAVAILABLE, new byte[0]);
            return;
        }
        answer(
                exchange,
                200,
                Json.bytes(
                        seq == 0
                                ? new Granting.GrantAnswer(
                                        Granting.GrantOutcome.REFUSED, null, ProblemType.ACCOUNT_CLOSED)
                                : new Granting.GrantAnswer(Granting.GrantOutcome.GRANTED, seq, null)));
    }

    private static long granted(Account account, Granting.Grant grant) {
        if (account.closes || account.status == StandingStatus.CLOSED) {
            return 0;
        }
        account.balance = account.balance.plus(grant.amount());
        account.reference = grant.reference();
        return ++account.seq;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
