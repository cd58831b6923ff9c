package io.drawdown.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.drawdown.cli.client.Api;
import io.drawdown.cli.stack.Stack;
import io.drawdown.cli.tokens.Role;
import io.drawdown.client.SessionRequest;
import io.drawdown.contracts.Service;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The requests of a client during an outage, repeated after it: a charge, a start, and both after the end of a session. Its
 * account has credits for one session and one charge only, so a hold that an ended session keeps would make a request fail
 * for want of credits.
 */
final class OutageRequests {

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

    /** The last frames of the sessions that ended during the outage, by their start keys. */
    private final Map<String, JsonNode> ended = new LinkedHashMap<>();

    /** The possible states of the charge's key after the outage. */
    private List<String> states = List.of("open");

    /** Opens the account before the outage, because this is not possible during it. */
    OutageRequests(Suite suite, String away, String account) {
        this.suite = suite;
        this.away = away;
        this.account = account;
        suite.open(account, CREDITS);
    }

    /** Sends the requests during the outage. */
    void ask() {
        if (away.equals(Stack.BROKER) || away.equals(Service.CHECKPOINT_WORKER.serviceName())) {
            checkThatAnEndReleasesAtOnce();
        } else {
            checkThatUnavailableIsNeverInsufficient();
        }
    }

    /** Even without the broker, the credits of a session are free right after its last frame. */
    private void checkThatAnEndReleasesAtOnce() {
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

    private void checkThatUnavailableIsNeverInsufficient() {
        if (away.equals(Service.CREDITS_SERVICE.serviceName()) && !suite.hasProxy()) {
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
        PersistentClient client = client("first");
        Thread playing = Thread.ofVirtual().start(() -> suite.runAll(List.of(client), MINUTE));
        suite.await(MINUTE, () -> client.saw("refused"));
        client.leave();
        Suite.join(playing);
        assertThat(client.seen()).isNotEmpty().allSatisfy(seen -> assertThat(
                        seen.is("restarting") || saysNotNow(seen.frame()))
                .as("a start without %s: %s", away, seen.frame())
                .isTrue());
    }

    private static boolean saysNotNow(JsonNode frame) {
        return frame.path("type").asText().equals("refused")
                && List.of(UNAVAILABLE, OUTCOME_UNKNOWN)
                        .contains(frame.path("problem").path("type").asText());
    }

    /**
     * Repeats the requests after the outage: the answers say what happened, or it happens now; the ledger has each of them
     * once.
     */
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

    /** Starts a session, lets it be served for a moment and ends it; returns its last frame. */
    private JsonNode playAndEnd(String key) {
        PersistentClient client = client(key);
        Thread playing = Thread.ofVirtual().start(() -> suite.runAll(List.of(client), MINUTE));
        suite.await(20, () -> client.saw("started") || client.isOver());
        assertThat(client.seen("refused")).isEmpty();
        if (!client.isOver()) {
            client.end();
        }
        Suite.join(playing);
        JsonNode last = client.seen("ended").getLast().frame();
        assertThat(last.path("settled").asBoolean()).as("settled: %s", last).isTrue();
        return last;
    }

    private static BigDecimal cost(JsonNode ended) {
        return ended.path("cost").decimalValue();
    }

    private PersistentClient client(String startKey) {
        return suite.clients(1, i -> new SessionRequest(account, "live_dubbing", startKey))
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
