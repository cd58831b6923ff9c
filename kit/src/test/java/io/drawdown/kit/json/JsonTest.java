package io.drawdown.kit.json;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.RecyclerPool;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawdown.contracts.AccountEvent;
import io.drawdown.contracts.AccountView;
import io.drawdown.contracts.Credits;
import io.drawdown.contracts.EntryType;
import io.drawdown.contracts.HoldView;
import io.drawdown.contracts.MeterReading;
import io.drawdown.contracts.Rate;
import io.drawdown.contracts.UsageReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonTest {

    @Test
    void eventIsReadAsItWasWritten() {
        // Given
        Credits left = Credits.ofMicros(1_500_000);
        AccountEvent event = new AccountEvent(
                EntryType.SETTLED,
                "ada",
                Instant.parse("2026-01-02T03:04:05.006Z"),
                left.negated(),
                new AccountView(7, left, left, left, left, left),
                new HoldView("ses_1", 1, 1000, 2000, left, new Rate("live_dubbing", left, 1000)),
                null,
                List.of(),
                null,
                null,
                null);
        // When
        String text = Json.text(event);
        // Then
        assertThat(Json.read(text.getBytes(UTF_8), AccountEvent.class)).isEqualTo(event);
        assertThat(text).contains("\"account_id\":\"ada\"", "\"amount\":-1.5", "\"at\":\"2026-01-02T03:04:05.006Z\"");
    }

    /** Thousands of threads of handlers read JSON, and live on. */
    @Test
    void noThreadKeepsBuffers() {
        RecyclerPool<BufferRecycler> pool =
                Json.configure(new ObjectMapper()).getFactory()._getRecyclerPool();
        assertThat(pool).isNotInstanceOf(RecyclerPool.ThreadLocalPoolBase.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "{\"readings\":null}",
                "{\"readings\":[null]}",
                "{\"readings\":[{\"account_id\":\"a\",\"session_id\":\"s\",\"epoch\":1}]}",
                "{\"readings\":[{\"session_id\":\"s\",\"epoch\":1,\"used_millis\":2}]}",
                "{\"readings\":[{\"account_id\":\"a\",\"session_id\":\"s\",\"epoch\":1,\"used_millis\":2.5}]}",
                "{\"readings\":[{\"account_id\":\"a\",\"session_id\":\"s\",\"epoch\":1,\"used_millis\":\"2\"}]}",
                "{\"readings\":[{\"account_id\":7,\"session_id\":\"s\",\"epoch\":1,\"used_millis\":2}]}",
                "{\"readings\":[]} x"
            })
    void incompleteOrCoercibleJsonIsUnreadable(String json) {
        assertThatThrownBy(() -> Json.read(json.getBytes(UTF_8), UsageReport.class))
                .isInstanceOf(UnreadableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0000-01-01T00:00:00Z, true",
        "9999-12-31T23:59:59.999Z, true",
        "-0001-12-31T23:59:59Z, false",
        "+10000-01-01T00:00:00Z, false",
        "+1000000000-12-31T23:59:59.999999999Z, false"
    })
    void timesAreOfYearsWithFourDigits(String time, boolean isOne) {
        // Given
        byte[] json = ("\"" + time + "\"").getBytes(UTF_8);
        // When, Then
        if (isOne) {
            assertThat(Json.read(json, Instant.class)).isEqualTo(Instant.parse(time));
        } else {
            assertThatThrownBy(() -> Json.read(json, Instant.class)).isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void unknownFieldsAreIgnored() {
        // When
        MeterReading reading = Json.read(
                "{\"account_id\":\"a\",\"session_id\":\"s\",\"epoch\":1,\"used_millis\":2,\"later\":{}}"
                        .getBytes(UTF_8),
                MeterReading.class);
        // Then
        assertThat(reading).isEqualTo(new MeterReading("a", "s", 1, 2));
    }
}
