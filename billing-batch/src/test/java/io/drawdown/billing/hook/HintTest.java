package io.drawdown.billing.hook;

import io.drawdown.billing.hook.Hint.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class HintTest {

    @Test
    void onlyIdTypeModeAndTheIdOfTheObjectAreTaken() {
        // Given
        String body = """
            {"id":"evt_1","object":"event","api_version":"2020-08-27","type":"charge.refunded","livemode":true,
             "created":"not even a number","data":{"object":{"id":"ch_1","object":7,"client_secret":"x"}},"new":[1]}""";
        // When, then
        assertThat(Hint.parse(body.getBytes(UTF_8)))
                .isEqualTo(new Hint.Delivered(new Hint("evt_1", "charge.refunded", "ch_1"), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{}",
                "{\"id\":\"evt_1\"",
                "{\"id\":\"evt_1\",\"type\":\"a.b\",\"livemode\":false}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"a.b\"}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"a.b\",\"livemode\":\"false\"}",
                "{\"id\":\"x\",\"object\":\"event\",\"type\":\"a.b\",\"livemode\":false}",
                "{\"id\":7,\"object\":\"event\",\"type\":\"a.b\",\"livemode\":false}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"A B\",\"livemode\":false}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"livemode\":false}",
                "{\"id\":\"evt_/../1\",\"object\":\"event\",\"type\":\"a.b\",\"livemode\":false}"
            })
    void whatIsNoEventIsRefused(String body) {
        assertThat(Hint.parse(body.getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "gold-plan.monthly", " ch_1", ""})
    void anObjectWithAnIdOfAnotherFormConcernsNobody(String id) {
        // When
        Hint hint = Hint.of("evt_1", "charge.refunded", id);
        // Then
        assertThat(hint).isEqualTo(new Hint("evt_1", "charge.refunded", ""));
        assertThat(hint).extracting(Hint::subject).isEqualTo(Subject.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "payment_intent.succeeded, INTENT",
        "payment_intent.payment_failed, INTENT",
        "payment_intent.canceled, INTENT",
        "payment_intent.created, OTHER",
        "setup_intent.succeeded, SETUP",
        "setup_intent.created, OTHER",
        "payment_method.attached, CARD_ATTACHED",
        "payment_method.detached, CARD_DETACHED",
        "charge.refunded, CHARGE",
        "charge.refund.updated, REFUND",
        "refund.created, REFUND",
        "refund.failed, REFUND",
        "charge.dispute.created, DISPUTE",
        "charge.dispute.closed, DISPUTE",
        "charge.succeeded, OTHER",
        "customer.created, OTHER"
    })
    void theTypeSaysWhatIsLookedAt(String type, Subject subject) {
        assertThat(new Hint("evt_1", type, "x_1").subject()).isEqualTo(subject);
        assertThat(new Hint("evt_1", type, "").subject()).isEqualTo(Subject.OTHER);
    }
}
