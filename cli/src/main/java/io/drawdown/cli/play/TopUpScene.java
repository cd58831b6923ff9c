package io.drawdown.cli.play;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.client.Frame;
import io.drawdown.client.LiveSession;
import io.drawdown.client.Outcome;
import io.drawdown.client.SessionClient;
import io.drawdown.client.SessionRequest;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A live session that outlives the credits it began with: an automatic top-up buys more by card meanwhile. */
final class TopUpScene {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int CREDITS = 10;
    private static final int THRESHOLD = 5;

    private final Services services;
    private final CardForm cards;
    private final Narration told;
    private final PrintStream out;
    private final FramePrinter printer;
    private final String account = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    private volatile Frame.@Nullable Started started;

    /**
     * What of the stack takes part.
     *
     * @param token with which a client opens a socket
     */
    record Services(Api billing, Api credits, Api sessions, URI socket, String token) {}

    TopUpScene(Services services, CardForm cards, Narration told, PrintStream out) {
        this.services = services;
        this.cards = cards;
        this.told = told;
        this.out = out;
        this.printer = new FramePrinter(out);
    }

    /** Who buys. */
    String account() {
        return account;
    }

    void play() {
        prepare();
        live(new SessionClient(services.socket(), services::token)
                .start(SessionRequest.of(account, "live_dubbing"), this::onFrame));
        ledger();
    }

    private void prepare() {
        told.say("account %s with %d credits and a card 4242: its automatic top-up keeps a live session going"
                .formatted(account, CREDITS));
        services.credits()
                .put("accounts/" + account, "{\"grants\":[{\"kind\":\"purchased\",\"amount\":%d}]}".formatted(CREDITS))
                .expect(200, 201);
        cards.attach(account, CardForm.PAYS);
        JsonNode pack =
                services.billing().get("packs").expect(200).path("items").path(0);
        JsonNode rule = services.billing()
                .put(
                        "auto-top-ups/" + account,
                        "{\"threshold\":%d,\"pack\":\"%s\"}"
                                .formatted(THRESHOLD, pack.path("name").asText()))
                .expect(200, 201);
        told.detail("the top-up is %s: %s, %s credits for %s cents, at %s credits or two minutes before the end"
                .formatted(
                        rule.path("state").asText(),
                        rule.path("pack").asText(),
                        pack.path("credits").asText(),
                        pack.path("price_cents").asText(),
                        rule.path("threshold").asText()));
    }

    private void onFrame(Frame frame) {
        printer.print(frame);
        if (frame instanceof Frame.Started first) {
            started = first;
        }
    }

    private void live(LiveSession session) {
        Frame.Started first = Pause.until(() -> Optional.ofNullable(started), Optional::isPresent, PATIENCE)
                .orElse(null);
        told.expect(first != null, "the frame started");
        if (first == null) {
            session.detach();
            return;
        }
        JsonNode purchase = Pause.until(
                () -> purchases().path(0), found -> found.path("state").asText().equals("granted"), PATIENCE);
        printer.say("purchase %s is %s: %s credits for %s cents"
                .formatted(
                        purchase.path("id").asText(),
                        purchase.path("state").asText(),
                        purchase.path("credits").asText(),
                        purchase.path("amount_cents").asText()));
        told.expect(purchase.path("automatic").asBoolean() && purchase.has("grant"), "a purchase that is granted");
        long firstCredits = first.fundedMillis();
        JsonNode seen = Pause.until(() -> session(first.sessionId()), found -> isBeyond(found, firstCredits), PATIENCE);
        printer.say("served for %s ms, and %s ms are paid for; the first credits were enough for %d ms"
                .formatted(
                        seen.path("used_millis").asText(),
                        seen.path("funded_millis").asText(),
                        firstCredits));
        told.expect(
                seen.path("state").asText().equals("running") && isBeyond(seen, firstCredits),
                "a session that goes on after its first credits");
        session.end();
        CompletableFuture<Outcome> end = session.outcome();
        told.expect(
                Pause.until(end::isDone, done -> done, PATIENCE) && end.join().kind() == Outcome.Kind.ENDED,
                "the frame ended");
    }

    private JsonNode purchases() {
        return services.billing()
                .get("purchases?account=" + account)
                .expect(200)
                .path("items");
    }

    private JsonNode session(String id) {
        return services.sessions().get("sessions/" + id).expect(200);
    }

    private static boolean isBeyond(JsonNode session, long millis) {
        return session.path("used_millis").asLong() > millis;
    }

    private void ledger() {
        List<JsonNode> rows = LedgerReader.afterRelease(services.credits(), account);
        out.println();
        new LedgerTable(out).print(rows);
        out.println();
        BigDecimal granted = rows.stream()
                .filter(row -> row.path("type").asText().equals("granted"))
                .map(row -> row.path("amount").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal spent = LedgerReader.spent(services.credits(), account);
        JsonNode left = services.credits()
                .get("accounts/" + account + "/balance")
                .expect(200)
                .path("posted");
        boolean isSum = granted.compareTo(spent.add(left.decimalValue())) == 0;
        told.expect(isSum, "credits that add up");
        told.line("credits granted %s = spent %s + left %s%s"
                .formatted(
                        granted.toPlainString(),
                        spent.toPlainString(),
                        left.asText(),
                        isSum ? ": the sum holds" : ": THE SUM DOES NOT HOLD"));
    }
}
