package io.drawdown.embedded.slack;

import io.drawdown.embedded.slack.Workspace.Message;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of Slack's Web API that are needed, by their names. (<a href="https://docs.slack.dev/reference/methods">Slack</a>.) */
final class WebApi {

    private static final int LONGEST_TEXT = 40_000;
    private static final int USUAL_LIMIT = 100;

    private final Workspace workspace;

    WebApi(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * @param authorization the header; a bot's token begins with {@code xoxb-}
     * @param form the arguments
     */
    JsonObject call(String method, @Nullable String authorization, MultiMap form) {
        if (authorization == null || !authorization.startsWith("Bearer xoxb-")) {
            return no(authorization == null ? "not_authed" : "invalid_auth");
        }
        return switch (method) {
            case "auth.test" -> yes().put("team_id", "T1").put("user_id", "U1").put("bot_id", "B1");
            case "chat.postMessage" -> post(form);
            case "conversations.history" -> history(form);
            default -> no("unknown_method");
        };
    }

    private JsonObject post(MultiMap form) {
        String channel = argument(form, "channel");
        String text = argument(form, "text");
        String refusal = workspace.refusal(channel);
        if (refusal != null) {
            return no(refusal);
        }
        if (text.isEmpty()) {
            return no("no_text");
        }
        if (text.length() > LONGEST_TEXT) {
            return no("msg_too_long");
        }
        try {
            String metadata = argument(form, "metadata");
            Message message = workspace.post(channel, text, metadata.isEmpty() ? null : new JsonObject(metadata));
            return yes().put("channel", channel).put("ts", message.ts()).put("message", message.toJson());
        } catch (DecodeException e) {
            return no("invalid_metadata_format");
        }
    }

    private JsonObject history(MultiMap form) {
        String channel = argument(form, "channel");
        String refusal = workspace.refusal(channel);
        if (refusal != null) {
            return no(refusal);
        }
        List<Message> all = workspace.history(channel, argument(form, "oldest"), argument(form, "latest"));
        int from = argument(form, "cursor").isEmpty() ? 0 : Integer.parseInt(argument(form, "cursor"));
        int limit = argument(form, "limit").isEmpty() ? USUAL_LIMIT : Integer.parseInt(argument(form, "limit"));
        int to = Math.min(all.size(), from + limit);
        boolean hasMetadata = !argument(form, "include_all_metadata").isEmpty()
                && !argument(form, "include_all_metadata").matches("0|false");
        JsonArray page = new JsonArray();
        all.subList(Math.min(from, to), to).forEach(message -> {
            JsonObject json = message.toJson();
            if (!hasMetadata) {
                json.remove("metadata");
            }
            page.add(json);
        });
        boolean hasMore = to < all.size();
        return yes().put("messages", page)
                .put("has_more", hasMore)
                .put("response_metadata", new JsonObject().put("next_cursor", hasMore ? String.valueOf(to) : ""));
    }

    /** What comes through a webhook. Answers the error; null if it was posted. */
    @Nullable
    String webhook(String path, String body) {
        try {
            String text = new JsonObject(body).getString("text", "");
            if (text.isEmpty()) {
                return "no_text";
            }
            var unused = workspace.post(path, text, null);
            return null;
        } catch (DecodeException | ClassCastException e) {
            return "invalid_payload";
        }
    }

    private static String argument(MultiMap form, String name) {
        String value = form.get(name);
        return value == null ? "" : value;
    }

    private static JsonObject yes() {
        return new JsonObject().put("ok", true);
    }

    static JsonObject no(String error) {
        return new JsonObject().put("ok", false).put("error", error);
    }
}
