package io.drawdown.embedded.slack;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The channels of a workspace with their messages, and what came through webhooks; its journal has them too. Thread-safe. */
final class Workspace {

    private final Map<String, Channel> channels = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final Journal journal;
    private final InstantSource clock;
    private long micros;

    /** @param clock tells when a message was posted */
    Workspace(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
        journal.read().forEach(this::remember);
    }

    private void remember(JsonObject entry) {
        if (entry.containsKey("ts")) {
            String ts = entry.getString("ts");
            micros = Math.max(micros, micros(ts));
            messages.add(new Message(
                    entry.getString("channel"), ts, entry.getString("text"), entry.getJsonObject("metadata")));
        } else {
            Channel channel = new Channel(entry.getString("id"), entry.getString("refusal"));
            channels.put(channel.id(), channel);
        }
    }

    /**
     * @param refusal the error that Slack answers for it; null: the bot may post
     */
    record Channel(String id, @Nullable String refusal) {}

    /**
     * @param channel or the path of the webhook
     * @param metadata absent through a webhook
     */
    record Message(
            String channel,
            String ts,
            String text,
            @Nullable JsonObject metadata) {

        /** The key that the sender gave it; null if it gave none. */
        @Nullable
        String key() {
            JsonObject payload = metadata == null ? null : metadata.getJsonObject("event_payload");
            return payload == null ? null : payload.getString("key");
        }

        JsonObject toJson() {
            JsonObject json =
                    new JsonObject().put("type", "message").put("ts", ts).put("text", text);
            return metadata == null ? json : json.put("metadata", metadata);
        }
    }

    synchronized void put(Channel channel) {
        journal.add(new JsonObject().put("id", channel.id()).put("refusal", channel.refusal()));
        channels.put(channel.id(), channel);
    }

    /** Why the bot may not use it; null if it may. */
    synchronized @Nullable String refusal(String id) {
        Channel channel = channels.get(id);
        return channel == null ? "channel_not_found" : channel.refusal();
    }

    synchronized Message post(String channel, String text, @Nullable JsonObject metadata) {
        micros = Math.max(micros + 1, clock.instant().getEpochSecond() * 1_000_000);
        String ts = String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
        Message message = new Message(channel, ts, text, metadata);
        journal.add(message.toJson().put("channel", channel));
        messages.add(message);
        return message;
    }

    /** The latest first, both bounds included; an empty one bounds nothing. */
    synchronized List<Message> history(String channel, String oldest, String latest) {
        return messages.reversed().stream()
                .filter(message -> message.channel().equals(channel))
                .filter(message -> oldest.isEmpty() || micros(message.ts()) >= micros(oldest))
                .filter(message -> latest.isEmpty() || micros(message.ts()) <= micros(latest))
                .toList();
    }

    private static long micros(String ts) {
        String[] parts = ts.split("\\.", -1);
        long fraction = parts.length == 1 ? 0 : Long.parseLong((parts[1] + "000000").substring(0, 6));
        return Long.parseLong(parts[0]) * 1_000_000 + fraction;
    }

    synchronized List<Message> all() {
        return List.copyOf(messages);
    }

    synchronized long count(String key) {
        return messages.stream()
                .filter(message -> Objects.equals(message.key(), key))
                .count();
    }

    synchronized void clear() {
        journal.clear();
        channels.clear();
        messages.clear();
    }
}
