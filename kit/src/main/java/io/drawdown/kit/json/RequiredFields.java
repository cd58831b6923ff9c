package io.drawdown.kit.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds missing fields: Jackson leaves them null even where our record does not allow null. */
final class RequiredFields {

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> !component.getType().isPrimitive())
                    .map(Part::of)
                    .toList();
        }
    };

    private RequiredFields() {}

    /** The name of the first missing field, anywhere below {@code value}; null if it is complete. */
    static @Nullable String firstMissing(@Nullable Object value) {
        if (value == null) {
            return "everything";
        }
        if (value instanceof List<?> list) {
            return firstOf(list);
        }
        return value instanceof Record record ? inRecord(record) : null;
    }

    private static @Nullable String firstOf(List<?> list) {
        for (Object each : list) {
            String missing = firstMissing(each);
            if (missing != null) {
                return missing;
            }
        }
        return null;
    }

    private static @Nullable String inRecord(Record value) {
        for (Part part : PARTS.get(value.getClass())) {
            Object field = part.of(value);
            if (field == null && part.isRequired) {
                return part.name;
            }
            String missing = field == null ? null : firstMissing(field);
            if (missing != null) {
                return part.name + "." + missing;
            }
        }
        return null;
    }

    private record Part(String name, boolean isRequired, MethodHandle accessor) {

        static Part of(RecordComponent component) {
            try {
                boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                component.getAccessor().setAccessible(true);
                return new Part(
                        component.getName(), !isNullable, MethodHandles.lookup().unreflect(component.getAccessor()));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("a record hides its own field " + component, e);
            }
        }

        @Nullable
        Object of(Record value) {
            try {
                return accessor.invoke(value);
            } catch (Throwable e) {
                throw new IllegalStateException("a record does not give its field " + name, e);
            }
        }
    }
}
