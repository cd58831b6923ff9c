package io.drawdown.kit.problem;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The methods that each path knows, for the {@code Allow} header. */
@Singleton
final class AllowedMethods {

    private static final int BEFORE_REQUESTS = 1;

    private volatile List<Route> routes = List.of();

    private record Route(Pattern path, String method) {}

    void find(@Observes @Priority(BEFORE_REQUESTS) StartupEvent event, BeanManager beans) {
        routes = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .distinct()
                .flatMap(AllowedMethods::of)
                .toList();
    }

    /** The methods of a path, as the value of the header; empty if no resource has the path. */
    String methodsAt(String path) {
        TreeSet<String> methods = new TreeSet<>();
        routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .forEach(route -> methods.add(route.method()));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return String.join(", ", methods);
    }

    private static Stream<Route> of(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Arrays.stream(resource.getMethods()).flatMap(method -> of(base, method));
    }

    private static Stream<Route> of(String base, Method method) {
        Path own = method.getAnnotation(Path.class);
        String template = "/" + base + "/" + (own == null ? "" : own.value());
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> new Route(
                        pattern(template), type.getAnnotation(HttpMethod.class).value()));
    }

    private static Pattern pattern(String template) {
        String plain = template.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
        return Pattern.compile(plain.replaceAll("\\{[^/}]+}", "[^/]+") + "/?");
    }
}
