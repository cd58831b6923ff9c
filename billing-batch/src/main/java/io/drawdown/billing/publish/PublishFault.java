package io.drawdown.billing.publish;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why something was not published. Its name in small letters is the code; where Slack has one, it is Slack's. */
public enum PublishFault {
    NO_TARGET(Kind.PERMANENT, "The team has not said where its items are published. Set a channel or a webhook."),
    NOT_CONFIGURED(Kind.PERMANENT, "Publishing by the bot is not set up here: its token is missing."),
    CHANNEL_NOT_FOUND(Kind.PERMANENT, "Slack has no such channel, or the bot cannot see it. Choose the channel again."),
    NOT_IN_CHANNEL(
            Kind.PERMANENT, "The bot is not a member of the channel. Invite it there; then this goes on by itself."),
    ACCESS_DENIED(
            Kind.PERMANENT, "Slack does not let the bot post there. An administrator of the workspace can allow it."),
    IS_ARCHIVED(Kind.PERMANENT, "The channel is archived. Restore it, or choose another one."),
    MSG_TOO_LONG(Kind.PERMANENT, "The text is longer than Slack takes."),
    INVALID_AUTH(Kind.PERMANENT, "Slack does not accept the bot's token any more. Install the app again."),
    MISSING_SCOPE(
            Kind.PERMANENT,
            "The app lacks a permission in Slack. Install it again with the permissions that it asks for."),
    NO_SERVICE(Kind.PERMANENT, "The incoming webhook was removed or switched off. Make a new one."),
    PRIVATE_ADDRESS(Kind.PERMANENT, "The address of the webhook is not on the public internet."),
    INVALID_REQUEST(Kind.PERMANENT, "The receiver refuses the message as it is."),
    RATE_LIMITED(Kind.TEMPORARY, "Slack takes no more messages for the moment. This goes on by itself."),
    SERVICE_UNAVAILABLE(Kind.TEMPORARY, "Slack could not be reached or was not ready. This goes on by itself."),
    LOST(Kind.TEMPORARY, "Slack did not answer, and the message is not in the channel. It is sent again.");

    private static final Map<String, PublishFault> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(PublishFault::code, Function.identity()));

    /** Other words of Slack for the same. */
    private static final Map<String, PublishFault> OTHER_CODES = Map.ofEntries(
            Map.entry("ratelimited", RATE_LIMITED),
            Map.entry("team_added_to_org", SERVICE_UNAVAILABLE),
            Map.entry("account_inactive", INVALID_AUTH),
            Map.entry("token_revoked", INVALID_AUTH),
            Map.entry("token_expired", INVALID_AUTH),
            Map.entry("not_authed", INVALID_AUTH),
            Map.entry("no_permission", ACCESS_DENIED),
            Map.entry("restricted_action", ACCESS_DENIED),
            Map.entry("action_prohibited", ACCESS_DENIED),
            Map.entry("ekm_access_denied", ACCESS_DENIED),
            Map.entry("channel_is_archived", IS_ARCHIVED),
            Map.entry("no_active_hooks", NO_SERVICE),
            Map.entry("no_service_id", NO_SERVICE),
            Map.entry("invalid_token", NO_SERVICE),
            Map.entry("no_team", NO_SERVICE),
            Map.entry("team_disabled", NO_SERVICE));

    /** Whether waiting helps. */
    public enum Kind {
        /** It helps by itself. */
        TEMPORARY,
        /** Somebody must change something first. */
        PERMANENT
    }

    private final Kind kind;
    private final String text;

    PublishFault(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** By the word that a receiver uses; empty if this does not know it. */
    public static Optional<PublishFault> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code)).or(() -> Optional.ofNullable(OTHER_CODES.get(code)));
    }

    public boolean isPermanent() {
        return kind == Kind.PERMANENT;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For the person whose item it is. */
    public String text() {
        return text;
    }
}
