package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.client.Frame;
import io.drawdown.client.Outcome;
import io.drawdown.client.SessionClient;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.EndReason;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The main job, to watch: 30 credits, one real session at 1 credit per second, one top-up of 15 in the last
 * seconds, the exact stop, the ledger and the sum.
 */
public final class Demo {

    private static final int GRANT = 30;
    private static final int TOP_UP = 15;
    private static final int LAST_SECONDS_MILLIS = 4_000;

    private final Api credits;
    private final URI socketAddress;
    private final String token;
    private final PrintStream out;
    private final FramePrinter frames;
    private final String account = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    private final AtomicBoolean toppedUp = new AtomicBoolean();

    /** @param token a gateway's token */
    public Demo(Api credits, URI socketAddress, String token, PrintStream out) {
        this.credits = credits;
        this.socketAddress = socketAddress;
        this.token = token;
        this.out = out;
        this.frames = new FramePrinter(out);
    }

    /** @return 0 if the session stopped exactly and the sum holds, 1 if not */
    public int play() {
        out.printf("account %s is opened with %d credits; live_dubbing costs 1 credit per second%n", account, GRANT);
        credits.put("accounts/" + account, "{\"grants\":[{\"kind\":\"purchased\",\"amount\":" + GRANT + "}]}")
                .expect(200, 201);
        Outcome outcome = new SessionClient(socketAddress, () -> token)
                .start(SessionRequest.of(account, "live_dubbing"), this::onFrame)
                .outcome()
                .orTimeout(55, TimeUnit.SECONDS)
                .join();
        frames.say("the socket was closed with code " + outcome.closeCode());
        long used = outcome.last() instanceof Frame.Ended ended ? ended.usedMillis() : 0;
        boolean exact = outcome.closeCode() == EndReason.EXHAUSTED.closeCode() && used == (GRANT + TOP_UP) * 1000L;
        out.println();
        new LedgerTable(out).print(LedgerReader.afterRelease(credits, account));
        return verdict(used, exact) ? 0 : 1;
    }

    private void onFrame(Frame frame) {
        frames.print(frame);
        if (frame instanceof Frame.Ending ending) {
            topUpInTheLastSeconds(ending.endsInMillis());
        }
    }

    private void topUpInTheLastSeconds(long endsInMillis) {
        if (toppedUp.compareAndSet(false, true)) {
            long wait = Math.max(0, endsInMillis - LAST_SECONDS_MILLIS);
            CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS).execute(this::topUp);
        }
    }

    private void topUp() {
        credits.post(
                        "accounts/" + account + "/grants",
                        "demo-top-up",
                        "{\"kind\":\"purchased\",\"amount\":" + TOP_UP + "}")
                .expect(200, 201);
        frames.say("topped up with " + TOP_UP + " credits");
    }

    private boolean verdict(long used, boolean exact) {
        JsonNode balance = credits.get("accounts/" + account + "/balance").expect(200);
        BigDecimal left = balance.path("posted").decimalValue();
        BigDecimal spent = LedgerReader.spent(credits, account);
        BigDecimal issued = BigDecimal.valueOf(GRANT + TOP_UP);
        boolean sum = issued.compareTo(spent.add(left)) == 0;
        out.printf(
                Locale.ROOT,
                "%nissued %s = spent %s + left %s: %s%n",
                issued.toPlainString(),
                spent.toPlainString(),
                left.toPlainString(),
                sum ? "the sum holds" : "THE SUM DOES NOT HOLD");
        out.printf("used %d ms, closed at the last credit: %s%n", used, exact ? "exact" : "NOT EXACT");
        return sum && exact;
    }
}
