package io.drawdown.embedded.slack;

import io.drawdown.embedded.slack.Workspace.Channel;
import io.drawdown.embedded.slack.Workspace.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows what was posted, and makes things go wrong. Below {@code /_oracle/} it speaks JSON. Thread-safe. */
public final class SlackOracle {

    private final Workspace workspace;
    private final SlackFaults faults;

    SlackOracle(Workspace workspace, SlackFaults faults) {
        this.workspace = workspace;
        this.faults = faults;
    }

    /** The bot may post there. */
    public void channel(String id) {
        workspace.put(new Channel(id, null));
    }

    /** @param error what Slack answers whenever the bot wants to use it, e.g. {@code not_in_channel} */
    public void closedChannel(String id, String error) {
        workspace.put(new Channel(id, error));
    }

    public void fail(SlackFault fault) {
        faults.add(fault);
    }

    /** How many messages have this key. */
    public long count(String key) {
        return workspace.count(key);
    }

    /** How many messages each key has. */
    public Map<String, Long> counts() {
        return workspace.all().stream()
                .map(Message::key)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(key -> key, TreeMap::new, Collectors.counting()));
    }

    /** The texts that came to a channel or a webhook's path, the oldest first. */
    public List<String> texts(String place) {
        return workspace.all().stream()
                .filter(message -> message.channel().equals(place))
                .map(Message::text)
                .toList();
    }

    /** Nothing was posted, nothing goes wrong, and there is no channel. */
    public void clear() {
        workspace.clear();
        faults.clear();
    }

    /** @throws IllegalArgumentException if it is not understood */
    JsonObject ask(String method, String what, @Nullable String key, JsonObject body) {
        switch (method + " " + what) {
            case "GET messages" -> {
                return messages(key);
            }
            case "GET counts" -> {
                JsonObject counts = new JsonObject();
                counts().forEach(counts::put);
                return counts;
            }
            case "POST channels" ->
                workspace.put(new Channel(
                        Objects.requireNonNull(body.getString("id"), "a channel has an id"),
                        body.getString("refusal")));
            case "POST faults" -> fail(SlackFault.of(body));
            case "DELETE faults" -> faults.clear();
            case "POST reset" -> clear();
            default -> throw new IllegalArgumentException("the oracle knows no " + method + " " + what);
        }
        return new JsonObject().put("done", true);
    }

    private JsonObject messages(@Nullable String key) {
        JsonArray found = new JsonArray();
        workspace.all().stream()
                .filter(message -> key == null || key.equals(message.key()))
                .forEach(message -> found.add(message.toJson().put("channel", message.channel())));
        return new JsonObject().put("count", found.size()).put("messages", found);
    }
}
