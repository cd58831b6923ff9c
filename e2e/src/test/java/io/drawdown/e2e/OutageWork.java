package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.contracts.Service;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a client asks for during an outage, and asks again after it: a charge, a start, and what comes after an end. Its account has
 * what one session and one charge need, and not twice that: whoever still holds what an ended session held makes it look poor.
 */
final class OutageWork {

    private static final int CREDITS = 16;
    private static final int PRICE = 10;
    private static final int MINUTE = 60;
    private static final String CHARGE = "the-charge";
    private static final List<String> STARTS = List.of("first", "second");
    private static final String UNAVAILABLE = "urn:drawdown:problem:unavailable";
    private static final String OUTCOME_UNKNOWN = "urn:drawdown:problem:outcome-unknown";

    private final Suite suite;
    private final String account;
    private final String away;

    /** The last frames of the sessions that ended meanwhile, by their start keys. */
    private final Map<String, JsonNode> ended = new LinkedHashMap<>();

    /** What may stand under the key of the charge when the outage is over. */
    private List<String> states = List.of("open");

    /** Opens the account; before the outage, for nobody could open it meanwhile. */
    OutageWork(Suite suite, String away) {
        this.suite = suite;
        this.away = away;
        account = "outage-work-" + away;
        suite.open(account, CREDITS);
    }

    /** Asks while it is away. */
    void ask() {
        if (away.equals(Stack.BROKER) || away.equals(Service.CHECKPOINT_WORKER.serviceName())) {
            anEndGivesBackAtOnce();
        } else {
            nobodyIsCalledPoor();
        }
    }

    /** Without the broker too: right after the last frame, what the session held is there for whoever comes next. */
    private void anEndGivesBackAtOnce() {
        JsonNode first = playAndEnd("first");
        assertThat(first.path("balance").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(CREDITS).subtract(cost(first)));
        ended.put("first", first);

        Api.Reply charge = charge();
        assertThat(charge.status())
                .as("a charge after the end: %s", charge.body())
                .isEqualTo(201);
        states = List.of("done");

        ended.put("second", playAndEnd("second"));
    }

    private void nobodyIsCalledPoor() {
        if (away.equals(Service.CREDITS_SERVICE.serviceName())) {
            assertThatThrownBy(this::charge).hasMessageContaining("cannot be reached");
        } else {
            Api.Reply charge = charge();
            assertThat(charge.status())
                    .as("a charge without %s: %s", away, charge.body())
                    .isEqualTo(503);
            String problem = charge.body().path("type").asText();
            assertThat(problem).isIn(UNAVAILABLE, OUTCOME_UNKNOWN);
            states = problem.equals(UNAVAILABLE) ? List.of("open") : List.of("open", "done");
        }
        Player player = player("first");
        suite.playAll(List.of(player), MINUTE);
        assertThat(player.seen()).isNotEmpty().allSatisfy(seen -> assertThat(
                        seen.is("restarting") || saysNotNow(seen.frame()))
                .as("a start without %s: %s", away, seen.frame())
                .isTrue());
    }

    private static boolean saysNotNow(JsonNode frame) {
        return frame.path("type").asText().equals("refused")
                && List.of(UNAVAILABLE, OUTCOME_UNKNOWN)
                        .contains(frame.path("problem").path("type").asText());
    }

    /** Once it is back: the same keys are answered with what happened, or it happens now; the ledger has all of it once. */
    void askAgain() {
        assertThat(operation().path("state").asText())
                .as("the charge without %s", away)
                .isIn(states);
        Api.Reply charge = charge();
        assertThat(charge.status()).as("sent again: %s", charge.body()).isEqualTo(201);
        BigDecimal left = BigDecimal.valueOf(CREDITS - PRICE);
        for (String key : STARTS) {
            JsonNode last = playAndEnd(key);
            assertThat(cost(last)).as("sent again: %s", last).isEqualByComparingTo(cost(ended.getOrDefault(key, last)));
            left = left.subtract(cost(last));
        }

        suite.awaitNothingHeld(account);
        assertThat(suite.balance(account).path("posted").decimalValue()).isEqualByComparingTo(left);
        assertThat(suite.sessions(account)).hasSameSizeAs(STARTS);
        assertThat(operation().path("entry")).isEqualTo(charge.body());
        assertThat(suite.ledger(account).causes()).containsOnlyOnce("charge ai_search");
    }

    /** A session that starts, is served for a moment, and is ended by its client, now or before; its last frame. */
    private JsonNode playAndEnd(String key) {
        Player player = player(key);
        Thread playing = Thread.ofVirtual().start(() -> suite.playAll(List.of(player), MINUTE));
        suite.await(20, () -> player.saw("started") || player.isOver());
        assertThat(player.seen("refused")).isEmpty();
        if (!player.isOver()) {
            player.end();
        }
        Suite.join(playing);
        JsonNode last = player.seen("ended").getLast().frame();
        assertThat(last.path("settled").asBoolean()).as("settled: %s", last).isTrue();
        return last;
    }

    private static BigDecimal cost(JsonNode ended) {
        return ended.path("cost").decimalValue();
    }

    private Player player(String startKey) {
        return suite.players(1, i -> new Player.Wish(account, "live_dubbing", startKey))
                .getFirst();
    }

    private Api.Reply charge() {
        return suite.credits(Role.GATEWAY)
                .post("accounts/" + account + "/charges", CHARGE, "{\"meter\":\"ai_search\",\"units\":1}");
    }

    private JsonNode operation() {
        return suite.credits(Role.GATEWAY)
                .get("accounts/" + account + "/operations/" + CHARGE)
                .expect(200);
    }
}
