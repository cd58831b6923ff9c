package io.drawdown.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaTest {

    @ParameterizedTest
    @EnumSource
    void everyAccountEventFitsItsSchema(EntryType type) {
        fits("events/account.json", Wire.write(Samples.account(type)));
    }

    @ParameterizedTest
    @EnumSource
    void everySessionEventFitsItsSchema(SessionEvent.Type type) {
        fits("events/session.json", Wire.write(Samples.session(type)));
    }

    @ParameterizedTest
    @EnumSource
    void everyTaskEventFitsItsSchema(TaskEvent.Type type) {
        fits("events/task.json", Wire.write(Samples.task(type)));
    }

    @Test
    void heartbeatsAndUsageFitTheirSchemas() {
        fits("events/heartbeat.json", Wire.write(Samples.heartbeat()));
        fits("events/usage.json", Wire.write(Samples.usage()));
    }

    @Test
    void hintsFitTheirSchemas() {
        fits("events/task_waiting.json", Wire.write(new TaskWaiting("!echo", "low")));
        fits(
                "events/session_control.json",
                Wire.write(new SessionControl(SessionControl.Type.HAND_OVER, "one-5ed2", Samples.SESSION, 2, 7)));
        fits("events/task_cancel_asked.json", Wire.write(new TaskCancelAsked("task-service-1-5ed2")));
    }

    @Test
    void eventOfABatchRunFitsItsSchema() throws JsonProcessingException {
        // Given
        BatchRunEvent event = Samples.batchRun();
        // When
        String written = Wire.write(event);
        // Then
        fits("events/batch_run.json", written);
        assertThat(Wire.read(written, BatchRunEvent.class)).isEqualTo(event);
        JsonNode properties =
                Schemas.read(Schemas.FOLDER.resolve("events/batch_run.json")).path("properties");
        assertThat(values(properties.at("/trigger/enum"))).isEqualTo(written(BatchRunEvent.Trigger.values()));
        assertThat(values(properties.at("/results/items/properties/state/enum")))
                .isEqualTo(written(BatchRunEvent.State.values()));
    }

    @ParameterizedTest
    @EnumSource
    void everyEventOfAQueuedItemFitsItsSchema(ItemEvent.Type type) throws JsonProcessingException {
        // Given
        ItemEvent event = Samples.item(type);
        // When
        String written = Wire.write(event);
        // Then
        fits("events/queue_item.json", written);
        assertThat(Wire.read(written, ItemEvent.class)).isEqualTo(event);
        JsonNode types =
                Schemas.read(Schemas.FOLDER.resolve("events/queue_item.json")).at("/properties/type/enum");
        assertThat(values(types)).isEqualTo(written(ItemEvent.Type.values()));
    }

    @ParameterizedTest
    @EnumSource
    void everyEventOfAChargeFitsItsSchema(ChargeEvent.Type type) throws JsonProcessingException {
        // Given
        ChargeEvent event = Samples.charge(type);
        // When
        String written = Wire.write(event);
        // Then
        fits("events/charge.json", written);
        assertThat(Wire.read(written, ChargeEvent.class)).isEqualTo(event);
        JsonNode types =
                Schemas.read(Schemas.FOLDER.resolve("events/charge.json")).at("/properties/type/enum");
        assertThat(values(types)).isEqualTo(written(ChargeEvent.Type.values()));
    }

    @ParameterizedTest
    @EnumSource
    void everyEventOfAPaymentFitsItsSchema(PaymentEvent.Type type) throws JsonProcessingException {
        // Given
        PaymentEvent event = Samples.payment(type);
        // When
        String written = Wire.write(event);
        // Then
        fits("events/payment.json", written);
        assertThat(Wire.read(written, PaymentEvent.class)).isEqualTo(event);
        JsonNode types =
                Schemas.read(Schemas.FOLDER.resolve("events/payment.json")).at("/properties/type/enum");
        assertThat(values(types)).isEqualTo(written(PaymentEvent.Type.values()));
    }

    @Test
    void progressOfTasksFitsItsSchema() throws JsonProcessingException {
        // Given
        TaskProgress progress = Samples.progress();
        // When
        String written = Wire.write(progress);
        // Then
        fits("events/task_progress.json", written);
        assertThat(Wire.read(written, TaskProgress.class)).isEqualTo(progress);
    }

    @Test
    void anEventOfATaskWithoutTagsIsStillRead() throws JsonProcessingException {
        // Given
        String old = Wire.write(Samples.task(TaskEvent.Type.QUEUED)).replace(",\"tags\":[\"nightly\"]", "");
        // When
        TaskEvent event = Wire.read(old, TaskEvent.class);
        // Then
        assertThat(old).doesNotContain("tags");
        assertThat(event.tags()).isNull();
    }

    @Test
    void writtenEventsAreReadBack() throws JsonProcessingException {
        for (EntryType type : EntryType.values()) {
            AccountEvent event = Samples.account(type);
            assertThat(Wire.read(Wire.write(event), AccountEvent.class)).isEqualTo(event);
        }
        for (SessionEvent.Type type : SessionEvent.Type.values()) {
            SessionEvent event = Samples.session(type);
            assertThat(Wire.read(Wire.write(event), SessionEvent.class)).isEqualTo(event);
        }
        for (TaskEvent.Type type : TaskEvent.Type.values()) {
            TaskEvent event = Samples.task(type);
            assertThat(Wire.read(Wire.write(event), TaskEvent.class)).isEqualTo(event);
        }
        assertThat(Wire.read(Wire.write(Samples.usage()), UsageReport.class)).isEqualTo(Samples.usage());
        assertThat(Wire.read(Wire.write(Samples.heartbeat()), Heartbeat.class)).isEqualTo(Samples.heartbeat());
    }

    @ParameterizedTest
    @MethodSource("frameNames")
    void everyFrameFitsItsSchema(String frame) {
        fits("frames/" + frame + ".json", Samples.frames().getOrDefault(frame, "{}"));
    }

    static Set<String> frameNames() {
        return Schemas.names("frames");
    }

    @Test
    void everyFrameOfTheSocketOfTasksFitsItsSchema() {
        assertThat(Samples.taskFrames().keySet()).containsExactlyInAnyOrderElementsOf(Schemas.names("task_frames"));
        Samples.taskFrames().forEach((type, frame) -> fits("task_frames/" + type + ".json", frame));
    }

    @Test
    void everyFrameHasASchema() {
        assertThat(Samples.frames().keySet()).containsExactlyInAnyOrderElementsOf(Schemas.names("frames"));
    }

    @Test
    void theSchemasListEveryValueOfTheEnums() {
        assertThat(values(Schemas.read(Schemas.FOLDER.resolve("events/account.json"))
                        .at("/properties/type/enum")))
                .isEqualTo(written(EntryType.values()));
        assertThat(values(Schemas.read(Schemas.FOLDER.resolve("common.json"))
                        .at("/$defs/grant_part/properties/kind/enum")))
                .isEqualTo(written(GrantKind.values()));
        assertThat(values(Schemas.read(Schemas.FOLDER.resolve("events/session.json"))
                        .at("/properties/type/enum")))
                .isEqualTo(written(SessionEvent.Type.values()));
        assertThat(values(
                        Schemas.read(Schemas.FOLDER.resolve("events/task.json")).at("/properties/type/enum")))
                .isEqualTo(written(TaskEvent.Type.values()));
        assertThat(values(Schemas.read(Schemas.FOLDER.resolve("common.json")).at("/$defs/end_reason/enum")))
                .isEqualTo(written(EndReason.values()));
    }

    @Test
    void theSchemasHaveTheFormsOfNames() {
        // Given
        JsonNode common = Schemas.read(Schemas.FOLDER.resolve("common.json"));
        // When // Then
        assertThat(common.at("/$defs/account_id/pattern").asText()).isEqualTo("^" + AccountId.FORM + "$");
        assertThat(common.at("/$defs/kind/pattern").asText()).isEqualTo("^" + TariffName.FORM + "$");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "frames/start.json | {\"type\":\"start\",\"start_key\":\"k\"}",
                "frames/start.json | {\"type\":\"start\",\"kind\":\"k\",\"start_key\":\"\"}",
                "frames/start.json | {\"type\":\"start\",\"kind\":\"live-dubbing\",\"start_key\":\"k\"}",
                "frames/end.json | {\"type\":\"ping\"}",
                "frames/pause.json | {\"type\":\"pause\",\"for_millis\":5}",
                "frames/continue.json | {\"type\":\"resume\"}",
                "frames/paused.json |"
                        + " {\"type\":\"paused\",\"by\":\"me\",\"ends_in_millis\":1,\"used_millis\":1,\"funded_millis\":1}",
                "frames/unfunded.json | {\"type\":\"unfunded\",\"retry_millis\":-1}",
                "frames/warning.json"
                        + " | {\"type\":\"warning\",\"level_percent\":7,\"balance\":1,\"armed_balance\":2,\"seq\":1}",
                "frames/extended.json |"
                        + " {\"type\":\"extended\",\"funded_millis\":1,\"balance\":0.0000001,\"available\":0,\"seq\":1}",
                "task_frames/subscribe.json | {\"type\":\"subscribe\"}",
                "task_frames/subscribe.json | {\"type\":\"subscribe\",\"tag\":\"a\",\"task_type\":\"echo\"}",
                "events/usage.json | {\"readings\":[]}",
                "events/task.json |"
                        + " {\"type\":\"failed\",\"task_id\":\"tsk_0123456789abcdef0123456789\",\"seq\":1,\"task_type\":\"echo\","
                        + "\"tenant\":\"t\",\"life\":1,\"attempt\":1,\"at\":\"2026-01-01T00:00:00Z\"}",
                "events/usage.json |"
                        + " {\"readings\":[{\"account_id\":\"a/b\",\"session_id\":\"s\",\"epoch\":1,\"used_millis\":1}]}"
            })
    void theSchemasRefuseWhatDoesNotFit(String schema, String json) {
        assertThat(Schemas.violations(schema, json)).isNotEmpty();
    }

    @Test
    void anEndedSessionHasItsReasonAndASettledAccountItsHold() {
        // Given
        String ended = Wire.write(Samples.session(SessionEvent.Type.ENDED)).replaceAll(",\"reason\":\"[a-z]+\"", "");
        String settled = Wire.write(Samples.account(EntryType.GRANTED)).replace("\"granted\"", "\"settled\"");
        // When // Then
        assertThat(Schemas.violations("events/session.json", ended)).isNotEmpty();
        assertThat(Schemas.violations("events/account.json", settled)).isNotEmpty();
    }

    @Test
    void eventsThatMoveCreditsNameTheGrantsAndTheirTerms() {
        for (EntryType type : List.of(EntryType.GRANTED, EntryType.CHARGED, EntryType.EXPIRED)) {
            // Given
            String event = Wire.write(Samples.account(type));
            // When Then
            assertThat(Schemas.violations("events/account.json", event.replaceAll(",\"parts\":\\[.*]", "")))
                    .isNotEmpty();
            assertThat(Schemas.violations("events/account.json", event.replace("\"kind\":\"promo\",", "")))
                    .isNotEmpty();
        }
        String expired = Wire.write(Samples.account(EntryType.EXPIRED));
        assertThat(Schemas.violations("events/account.json", expired.replaceAll(",\"effective_at\":[^,]*}$", "}")))
                .isNotEmpty();
    }

    @Test
    void anEventWithoutPartsIsStillRead() throws JsonProcessingException {
        // Given
        String old = Wire.write(Samples.account(EntryType.CHARGED)).replaceAll(",\"parts\":\\[.*]", "");
        // When
        AccountEvent event = Wire.read(old, AccountEvent.class);
        // Then
        assertThat(event.parts()).isEmpty();
    }

    private static void fits(String schema, String json) {
        assertThat(Schemas.violations(schema, json)).isEmpty();
        assertThat(Schemas.undocumented(schema, json)).isEmpty();
    }

    private static Set<String> written(Object[] values) {
        Set<String> written = new HashSet<>();
        Arrays.stream(values).forEach(value -> written.add(Wire.write(value).replace("\"", "")));
        return written;
    }

    private static Set<String> values(JsonNode list) {
        Set<String> values = new HashSet<>();
        list.forEach(value -> values.add(value.asText()));
        return values;
    }
}
