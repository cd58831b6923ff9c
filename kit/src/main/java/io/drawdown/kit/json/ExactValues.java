package io.drawdown.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.drawdown.contracts.Credits;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Reads times, amounts and names of enums in exactly one spelling. Jackson is lax: it takes an empty text for no
 * time, a number for seconds since 1970, and a name with spaces or control characters around it for the name.
 */
final class ExactValues extends SimpleModule {

    ExactValues() {
        super("exact-values");
        addDeserializer(Instant.class, new Times());
        addDeserializer(Credits.class, new Amounts());
        setDeserializerModifier(new BeanDeserializerModifier() {
            @Override
            public JsonDeserializer<?> modifyEnumDeserializer(
                    DeserializationConfig config,
                    JavaType type,
                    BeanDescription description,
                    JsonDeserializer<?> deserializer) {
                return new Names(deserializer);
            }
        });
    }

    private static final class Times extends StdScalarDeserializer<Instant> {

        Times() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(this, "not a time");
            }
            try {
                return Rfc3339.parse(json.getText());
            } catch (DateTimeParseException e) {
                return context.reportInputMismatch(this, "not a time");
            }
        }
    }

    private static final class Amounts extends StdScalarDeserializer<Credits> {

        Amounts() {
            super(Credits.class);
        }

        @Override
        public Credits deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.currentToken().isNumeric()
                    ? Credits.ofText(json.getText())
                    : context.reportInputMismatch(this, "not an amount");
        }
    }

    private static final class Names extends DelegatingDeserializer {

        Names(JsonDeserializer<?> names) {
            super(names);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> names) {
            return new Names(names);
        }

        @Override
        public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
            boolean isName = json.hasToken(JsonToken.VALUE_STRING)
                    && json.getText().equals(json.getText().trim());
            return isName ? super.deserialize(json, context) : context.reportInputMismatch(handledType(), "not a name");
        }
    }
}
