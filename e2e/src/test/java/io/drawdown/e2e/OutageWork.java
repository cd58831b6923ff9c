package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client asks for during an outage: a charge, a start, and what comes after an end. Its account has what one session and one
 * charge need, and not twice that: whoever still holds what an ended session held makes it look poor.
 */
final class OutageWork {

    private static final int CREDITS = 16;
    private static final int MINUTE = 60;

    private final Suite suite;
    private final String account;
    private final String away;

    /** Opens the account; before the outage, for nobody could open it meanwhile. */
    OutageWork(Suite suite, String away) {
        this.suite = suite;
        this.away = away;
        account = "outage-work-" + away;
        suite.open(account, CREDITS);
    }

    /** Asks while it is away. */
    void ask() {
        if (away.equals(Stack.BROKER) || away.equals(Stack.CHECKPOINT_WORKER)) {
            anEndGivesBackAtOnce();
        } else {
            nobodyIsCalledPoor();
        }
    }

    /** Without the broker too: right after the last frame, what the session held is there for whoever comes next. */
    private void anEndGivesBackAtOnce() {
        JsonNode first = playAndEnd("first");
        assertThat(first.path("settled").asBoolean()).as("settled: %s", first).isTrue();
        BigDecimal cost = first.path("cost").decimalValue();
        assertThat(first.path("balance").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(CREDITS).subtract(cost));

        Api.Reply charge = charge("after-first");
        assertThat(charge.status())
                .as("a charge after the end: %s", charge.body())
                .isEqualTo(201);

        JsonNode second = playAndEnd("second");
        assertThat(second.path("settled").asBoolean()).as("settled: %s", second).isTrue();
    }

    /** A session that starts, is served for a moment, and is ended by its client; its last frame. */
    private JsonNode playAndEnd(String key) {
        Player player = suite.players(1, i -> new Player.Wish(account, "live_dubbing", key))
                .getFirst();
        Thread playing = Thread.ofVirtual().start(() -> suite.playAll(List.of(player), MINUTE));
        suite.await(20, () -> player.saw("started") || player.saw("refused"));
        assertThat(player.seen("refused")).isEmpty();
        player.end();
        Suite.join(playing);
        return player.seen("ended").getLast().frame();
    }

    private void nobodyIsCalledPoor() {
        try {
            Api.Reply charge = charge("meanwhile");
            assertThat(charge.status())
                    .as("a charge without %s: %s", away, charge.body())
                    .isEqualTo(503);
            assertThat(charge.body().path("type").asText())
                    .matches("urn:drawdown:problem:(unavailable|outcome-unknown)");
        } catch (UncheckedIOException nobodyListens) {
            assertThat(away).isEqualTo(Stack.CREDITS_SERVICE);
        }
        Player player = suite.players(1, i -> new Player.Wish(account, "live_dubbing", "meanwhile"))
                .getFirst();
        suite.playAll(List.of(player), MINUTE);
        assertThat(player.seen("refused")).isNotEmpty().allSatisfy(seen -> assertThat(
                        seen.frame().path("problem").path("type").asText())
                .matches("urn:drawdown:problem:(unavailable|outcome-unknown)"));
    }

    private Api.Reply charge(String key) {
        return suite.credits(Role.GATEWAY)
                .post("accounts/" + account + "/charges", key, "{\"meter\":\"ai_search\",\"units\":1}");
    }
}
