package io.drawdown.billing.publish.slack;

import io.drawdown.billing.publish.Look;
import io.drawdown.billing.publish.Post;
import io.drawdown.billing.publish.Posting;
import io.drawdown.billing.publish.PublishFault;
import io.drawdown.billing.publish.Publisher;
import io.drawdown.billing.publish.Target;
import io.drawdown.embedded.slack.EmbeddedSlack;
import io.drawdown.embedded.slack.SlackFault;
import io.drawdown.embedded.slack.SlackFault.Kind;
import io.drawdown.kit.testing.ManualTime;
import io.drawdown.kit.time.Time;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlackPublisherTest {

    private static final Target CHANNEL = Target.ofChannel("C1");
    private static final Instant LATE = Instant.parse("2100-01-01T00:00:00Z");
    private static final Post POST = new Post("key-1", "News & <more>", "Ada");

    private final EmbeddedSlack slack = EmbeddedSlack.start(0);
    private final Publisher publisher = publisher(slack.url(), true, Dns.SYSTEM);

    private static Publisher publisher(String base, boolean arePrivateAllowed, Dns dns) {
        return publisher(base, arePrivateAllowed, dns, new ManualTime());
    }

    private static Publisher publisher(String base, boolean arePrivateAllowed, Dns dns, Time time) {
        return new SlackPublisher(
                new SlackSettings(URI.create(base), Optional.of("xoxb-1"), arePrivateAllowed),
                time,
                Runnable::run,
                dns);
    }

    @BeforeEach
    void aChannel() {
        slack.oracle().channel("C1");
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    private Posting post(Target target) {
        return publisher.post(target, POST).await().atMost(Duration.ofSeconds(30));
    }

    private Target webhook() {
        return Target.ofWebhook(slack.url() + "/services/T1/B1/secret");
    }

    private Look look(String key, Instant since) {
        return look(publisher, key, since, LATE);
    }

    private static Look look(Publisher by, String key, Instant since, Instant until) {
        return by.look(new Look.Question("C1", key, since, until)).await().atMost(Duration.ofSeconds(30));
    }

    @Test
    void messageOfTheBotIsFoundAgainByItsKey() {
        // When
        Posting posted = post(CHANNEL);
        // Then
        assertThat(posted).isInstanceOf(Posting.Posted.class);
        assertThat(slack.oracle().texts("C1")).containsExactly("Ada has published *News &amp; &lt;more&gt;*");
        assertThat(look("key-1", Instant.EPOCH))
                .isEqualTo(new Look.Found(Objects.requireNonNull(((Posting.Posted) posted).message())));
        assertThat(look("key-2", Instant.EPOCH)).isEqualTo(new Look.Absent());
    }

    @Test
    void messageIsFoundBehindManyOthers() {
        // Given
        post(CHANNEL);
        postOthers(401);
        // When
        Look found = look("key-1", Instant.EPOCH);
        // Then
        assertThat(found).isInstanceOf(Look.Found.class);
    }

    private void postOthers(int count) {
        for (int n = 0; n < count; n++) {
            publisher
                    .post(CHANNEL, new Post("other-" + n, "Other", "Bob"))
                    .await()
                    .atMost(Duration.ofSeconds(30));
        }
    }

    @Test
    void lookThatTakesTooLongIsGivenUp() {
        // Given
        post(CHANNEL);
        postOthers(401);
        Publisher slow = publisher(slack.url(), true, Dns.SYSTEM, new EachLookAtItTakesThreeSeconds());
        // When
        Look look = look(slow, "key-1", Instant.EPOCH, LATE);
        // Then
        assertThat(look).isInstanceOf(Look.Unavailable.class);
    }

    private static final class EachLookAtItTakesThreeSeconds implements Time {

        private long nanos;

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanos() {
            nanos += 3_000_000_000L;
            return nanos;
        }
    }

    @Test
    void onlyMessagesOfThatTimeAreLookedAt() {
        // Given
        post(CHANNEL);
        // When
        Look before = look(publisher, "key-1", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        Look after = look("key-1", LATE.minusSeconds(60));
        // Then
        assertThat(before).isEqualTo(new Look.Absent());
        assertThat(after).isEqualTo(new Look.Absent());
    }

    @ParameterizedTest
    @CsvSource({
        "channel_not_found, CHANNEL_NOT_FOUND",
        "not_in_channel, NOT_IN_CHANNEL",
        "access_denied, ACCESS_DENIED",
        "restricted_action, ACCESS_DENIED",
        "token_revoked, INVALID_AUTH",
        "service_unavailable, SERVICE_UNAVAILABLE",
        "something_new, INVALID_REQUEST"
    })
    void refusalOfSlackIsNamed(String error, PublishFault fault) {
        // Given
        slack.oracle().fail(SlackFault.once(Kind.ERROR, error));
        // When
        Posting posting = post(CHANNEL);
        // Then
        assertThat(posting).isEqualTo(Posting.refused(fault));
        assertThat(slack.oracle().count("key-1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tooManyMessagesAreToldWithTheTimeToWait(boolean isBot) {
        // Given
        slack.oracle().fail(SlackFault.once(Kind.RATE_LIMIT, "7"));
        // When
        Posting posting = post(isBot ? CHANNEL : webhook());
        // Then
        assertThat(posting)
                .isEqualTo(new Posting.Refused(PublishFault.RATE_LIMITED, Optional.of(Duration.ofSeconds(7))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NO_ANSWER_BEFORE", "NO_ANSWER_AFTER", "ERROR_500", "ERROR_500_AFTER"})
    void whatWasSentAndNotAnsweredIsUnknownAndSentOnce(Kind kind) {
        for (Target target : List.of(CHANNEL, webhook())) {
            // Given
            post(target); // a connection is kept
            int before = posted();
            slack.oracle().fail(SlackFault.once(kind, ""));
            // When
            Posting posting = post(target);
            // Then
            assertThat(posting).isInstanceOf(Posting.Unknown.class);
            assertThat(posted() - before).isEqualTo(kind.name().endsWith("AFTER") ? 1 : 0);
        }
    }

    private int posted() {
        return slack.oracle().texts("C1").size()
                + slack.oracle().texts("/services/T1/B1/secret").size();
    }

    @Test
    void whatWasNeverSentIsNotUnknown() {
        // Given
        Publisher nobody = publisher("http://127.0.0.1:1", true, Dns.SYSTEM);
        // When
        Posting posting = nobody.post(CHANNEL, POST).await().atMost(Duration.ofSeconds(30));
        // Then
        assertThat(posting).isEqualTo(Posting.refused(PublishFault.SERVICE_UNAVAILABLE));
    }

    @Test
    void webhookIsPostedToOnce() {
        // When
        Posting posting = post(webhook());
        // Then
        assertThat(posting).isEqualTo(new Posting.Posted(null));
        assertThat(slack.oracle().texts("/services/T1/B1/secret")).hasSize(1);
        assertThat(webhook().toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/services/x", "http://hooks.example:%d/services/x"})
    void webhookInsideIsNotPostedTo(String address) {
        // Given
        Publisher strict = publisher(slack.url(), false, host -> List.of(InetAddress.getLoopbackAddress()));
        Target inside =
                Target.ofWebhook(String.format(address, URI.create(slack.url()).getPort()));
        // When
        Posting posting = strict.post(inside, POST).await().atMost(Duration.ofSeconds(30));
        // Then
        assertThat(posting).isEqualTo(Posting.refused(PublishFault.PRIVATE_ADDRESS));
        assertThat(slack.oracle().texts("/services/x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example:99999/x", "https://hooks.example:0/x", "hooks.example"})
    void whatIsNoAddressIsNotPostedTo(String address) {
        // When
        Posting posting = post(Target.ofWebhook(address));
        // Then
        assertThat(posting).isEqualTo(Posting.refused(PublishFault.NO_SERVICE));
    }

    @Test
    void whereTheBotMayNotReadNobodyCanLook() {
        // Given
        slack.oracle().fail(SlackFault.once(Kind.ERROR, "missing_scope"));
        // When
        Look look = look("key-1", Instant.EPOCH);
        // Then
        assertThat(look).isEqualTo(new Look.Impossible(PublishFault.MISSING_SCOPE));
    }

    @Test
    void lookThatIsNotAnsweredSaysNothing() {
        // Given
        slack.oracle().fail(SlackFault.once(Kind.NO_ANSWER_BEFORE, ""));
        // When
        Look look = look("key-1", Instant.EPOCH);
        // Then
        assertThat(look).isInstanceOf(Look.Unavailable.class);
    }
}
