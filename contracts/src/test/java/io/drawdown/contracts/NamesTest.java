package io.drawdown.contracts;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NamesTest {

    @Test
    void everyEventTypeFollowsThePatternAndIsUnique() {
        // When
        Stream<String> types = Stream.concat(
                Stream.of(Heartbeat.EVENT_TYPE, UsageReport.EVENT_TYPE, BatchRunEvent.EVENT_TYPE),
                Stream.concat(
                        Arrays.stream(EntryType.values()).map(EntryType::eventType),
                        Stream.concat(
                                Arrays.stream(SessionEvent.Type.values()).map(SessionEvent.Type::eventType),
                                Stream.concat(
                                        Arrays.stream(ItemEvent.Type.values()).map(ItemEvent.Type::eventType),
                                        Stream.concat(
                                                Arrays.stream(ChargeEvent.Type.values())
                                                        .map(ChargeEvent.Type::eventType),
                                                Arrays.stream(PaymentEvent.Type.values())
                                                        .map(PaymentEvent.Type::eventType))))));
        // Then
        assertThat(types).doesNotHaveDuplicates().allMatch(type -> type.matches("io\\.drawdown(\\.[a-z-]+){2,3}\\.v1"));
    }

    @Test
    void everyTopicHasANameOfItsOwnAndARetention() {
        assertThat(Topic.all().stream().map(Topic::topicName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("drawdown\\.[a-z-]+\\.[a-z-]+"));
        assertThat(Topic.all())
                .allSatisfy(topic -> assertThat(topic.retention()).isPositive());
    }

    @Test
    void everyCloseCodeIsOneThatASocketMaySend() {
        Set<Integer> ofTheProtocol = Set.of(1000, 1009, 1012, 1013);
        assertThat(Arrays.stream(EndReason.values()).map(EndReason::closeCode))
                .allMatch(code -> ofTheProtocol.contains(code) || (code >= 4000 && code <= 4999));
    }

    @Test
    void onlyWantOfCreditsClosesWith4003() {
        assertThat(Arrays.stream(EndReason.values()).filter(reason -> reason.closeCode() == 4003))
                .containsExactly(EndReason.EXHAUSTED, EndReason.INSUFFICIENT);
    }

    @Test
    void idsAreMadeOfTheAggregateAndItsSeq() {
        assertThat(Samples.account(EntryType.OPENED).id()).isEqualTo("ada:7");
        assertThat(Samples.session(SessionEvent.Type.STARTED).id()).isEqualTo(Samples.SESSION + ":1");
    }
}
