package io.drawdown.billing.publish.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.model.Message;
import com.slack.api.util.http.SlackHttpClient;
import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.kit.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Posts by the bot of an app, with metadata by which a message is found again. Blocks its thread. */
final class Bot {

    /** Names the metadata of our messages. */
    static final String EVENT_TYPE = "drawdown_item";

    static final String KEY = "key";

    private static final int PAGE = 200;
    private static final int MOST_PAGES = 50;

    /** A look asks for no further page after so long, so all of it is over in time. */
    private static final Duration LAST_PAGE =
            Duration.ofSeconds(Publisher.LONGEST_CALL_SECONDS).minus(SlackSettings.CALL);

    private final MethodsClient methods;
    private final SentRequests sent;
    private final Time time;

    Bot(SlackSettings settings, String token, OkHttpClient client, SentRequests sent, Time time) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(settings.apiBase().toString().replaceFirst("/+$", "") + "/api/");
        config.setStatsEnabled(false);
        this.methods = Slack.getInstance(config, new SlackHttpClient(client)).methods(token);
        this.sent = sent;
        this.time = time;
    }

    Posting post(String channel, Post post) {
        sent.begin();
        try {
            ChatPostMessageResponse answer = methods.chatPostMessage(request -> request.channel(channel)
                    .text(Texts.of(post))
                    .metadata(Message.Metadata.builder()
                            .eventType(EVENT_TYPE)
                            .eventPayload(Map.of(KEY, post.key()))
                            .build()));
            return posted(answer);
        } catch (SlackApiException e) {
            return refused(e);
        } catch (IOException | RuntimeException e) { // an answer that is no JSON is a runtime exception
            return Refusals.of(e, sent.isSent());
        }
    }

    private static Posting posted(ChatPostMessageResponse answer) {
        if (!answer.isOk()) {
            return Refusals.of(String.valueOf(answer.getError()));
        }
        boolean isNamed = answer.getChannel() != null && answer.getTs() != null;
        return new Posting.Posted(isNamed ? new Posting.Message(answer.getChannel(), answer.getTs()) : null);
    }

    private Posting refused(SlackApiException e) {
        String code = e.getError() == null || e.getError().getError() == null
                ? String.valueOf(e.getResponseBody())
                : e.getError().getError();
        return Refusals.of(e.getResponse().code(), code, e.getResponse().header("Retry-After"), time.now());
    }

    /** Reads all messages of that time; only if none was left out, a message is absent. */
    Look look(Look.Question question) {
        long began = time.nanos();
        @Nullable String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            if (time.nanos() - began > LAST_PAGE.toNanos()) {
                return new Look.Unavailable("too slow for so many messages");
            }
            ConversationsHistoryResponse answer;
            try {
                answer = history(question, cursor);
            } catch (SlackApiException | IOException | RuntimeException e) {
                return new Look.Unavailable(e.getClass().getSimpleName());
            }
            if (!answer.isOk()) {
                return notLooked(String.valueOf(answer.getError()));
            }
            Optional<Message> found = answer.getMessages().stream()
                    .filter(message -> isThat(message, question.key()))
                    .findFirst();
            if (found.isPresent()) {
                return new Look.Found(
                        new Posting.Message(question.channel(), found.get().getTs()));
            }
            cursor = next(answer);
            if (cursor == null) {
                return new Look.Absent();
            }
        }
        return new Look.Impossible(PublishFault.INVALID_REQUEST);
    }

    private ConversationsHistoryResponse history(Look.Question question, @Nullable String cursor)
            throws IOException, SlackApiException {
        return methods.conversationsHistory(request -> request.channel(question.channel())
                .oldest(tsOf(question.since()))
                .latest(tsOf(question.until()))
                .inclusive(true)
                .includeAllMetadata(true)
                .limit(PAGE)
                .cursor(cursor));
    }

    private static String tsOf(Instant time) {
        return time.getEpochSecond() + ".000000";
    }

    private static @Nullable String next(ConversationsHistoryResponse answer) {
        boolean isLast = !answer.isHasMore() || answer.getResponseMetadata() == null;
        String cursor = isLast ? null : answer.getResponseMetadata().getNextCursor();
        return cursor == null || cursor.isEmpty() ? null : cursor;
    }

    private static boolean isThat(Message message, String key) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && EVENT_TYPE.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && key.equals(metadata.getEventPayload().get(KEY));
    }

    private static Look notLooked(String code) {
        Optional<PublishFault> fault = PublishFault.of(code);
        return fault.filter(PublishFault::isPermanent).isPresent()
                ? new Look.Impossible(fault.get())
                : new Look.Unavailable(code);
    }
}
