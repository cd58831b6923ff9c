package io.drawdown.kit.requests;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a resource method declares.
 *
 * @param query the types of its query parameters, by name
 * @param path the types of the parameters in its path, by name
 */
record Declared(Map<String, Class<?>> query, Map<String, Class<?>> path, List<String> headers, Body body) {

    /** Whether it reads a body. */
    enum Body {
        NONE,
        OPTIONAL,
        NEEDED
    }

    static Declared by(Method method) {
        Map<String, Class<?>> query = new TreeMap<>();
        Map<String, Class<?>> path = new TreeMap<>();
        List<String> headers = new ArrayList<>();
        Body body = Body.NONE;
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(QueryParam.class)) {
                query.put(parameter.getAnnotation(QueryParam.class).value(), parameter.getType());
            } else if (parameter.isAnnotationPresent(PathParam.class)) {
                path.put(parameter.getAnnotation(PathParam.class).value(), parameter.getType());
            } else if (parameter.isAnnotationPresent(HeaderParam.class)) {
                headers.add(parameter.getAnnotation(HeaderParam.class).value());
            } else if (parameter.isAnnotationPresent(BeanParam.class)) {
                addQuery(parameter.getType(), query);
            } else if (!parameter.isAnnotationPresent(Context.class)) {
                body = isOptional(parameter) ? Body.OPTIONAL : Body.NEEDED;
            }
        }
        return new Declared(query, path, headers, body);
    }

    private static boolean isOptional(Parameter parameter) {
        return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static void addQuery(Class<?> parameters, Map<String, Class<?>> query) {
        for (Field field : parameters.getDeclaredFields()) {
            QueryParam name = field.getAnnotation(QueryParam.class);
            if (name != null) {
                query.put(name.value(), field.getType());
            }
        }
    }

    String namesOfQuery() {
        return String.join(", ", query.keySet());
    }

    /** Whether the framework can convert the value to this type. */
    static boolean isOfForm(Class<?> type, String value) {
        try {
            if (type == int.class || type == Integer.class) {
                Integer.parseInt(value);
            } else if (type == long.class || type == Long.class) {
                Long.parseLong(value);
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
