package io.drawdown.tasks.runner;

import io.drawdown.kit.json.Json;
import io.drawdown.tasks.config.TaskTypeName;
import io.drawdown.tasks.handler.TaskHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The handlers of this instance, by type. */
public final class HandlerTable {

    private final Map<String, Entry<?, ?>> entries = new TreeMap<>();

    /** @throws IllegalStateException if two have one type, or if a name or a payload cannot be one */
    public HandlerTable(Collection<? extends TaskHandler<?, ?>> handlers) {
        handlers.forEach(this::add);
    }

    private void add(TaskHandler<?, ?> handler) {
        String type = handler.type();
        if (!TaskTypeName.isValid(type)) {
            throw new IllegalStateException(
                    handler.getClass().getName() + " has the type \"" + type + "\": a type is " + TaskTypeName.RULE);
        }
        if (entries.put(type, entryOf(handler)) != null) {
            throw new IllegalStateException("two handlers have the type " + type);
        }
    }

    @SuppressWarnings("unchecked") // the class was read from the handler's own declaration
    private static <P, R> Entry<P, R> entryOf(TaskHandler<P, R> handler) {
        return new Entry<>(handler, (Class<P>) payloadOf(handler.getClass()));
    }

    /** A handler with the class of its payload. */
    record Entry<P, R>(TaskHandler<P, R> handler, Class<P> payload) {

        P read(String json) {
            return Json.readStrictly(json, payload);
        }
    }

    public Collection<? extends TaskHandler<?, ?>> handlers() {
        return entries.values().stream().map(Entry::handler).toList();
    }

    Optional<Entry<?, ?>> find(String type) {
        return Optional.ofNullable(entries.get(type));
    }

    /**
     * Does nothing if the handler of the type can read the payload, or if there is none here.
     *
     * @throws io.drawdown.kit.json.UnreadableException if it cannot
     */
    public void requireReadable(String type, String payload) {
        find(type).ifPresent(entry -> entry.read(payload));
    }

    /** A bean may be a subclass that the container made. */
    private static Class<?> payloadOf(Class<?> handler) {
        for (Class<?> each = handler; each != null; each = each.getSuperclass()) {
            for (Type type : each.getGenericInterfaces()) {
                if (type instanceof ParameterizedType generic
                        && generic.getRawType() == TaskHandler.class
                        && generic.getActualTypeArguments()[0] instanceof Class<?> payload) {
                    return payload;
                }
            }
        }
        throw new IllegalStateException(
                handler.getName() + " does not implement TaskHandler<P, R> with a class as its payload");
    }
}
