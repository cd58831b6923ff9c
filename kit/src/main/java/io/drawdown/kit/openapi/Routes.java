package io.drawdown.kit.openapi;

import io.drawdown.contracts.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/** The declarations of the resource methods behind the operations: who may call them, and their problems. */
final class Routes {

    private static final DotName PATH = DotName.createSimple(Path.class);
    private static final DotName ROLES = DotName.createSimple(RolesAllowed.class);
    private static final DotName PROBLEMS = DotName.createSimple(Problems.class);
    private static final DotName OPTIONAL_KEY = DotName.createSimple(OptionalKey.class);

    private final Map<String, MethodInfo> methods = new HashMap<>();

    Routes(IndexView index) {
        index.getAnnotations(PATH).stream()
                .filter(path -> path.target().kind() == AnnotationTarget.Kind.CLASS)
                .filter(path -> !path.target().asClass().isInterface())
                .forEach(path -> add(path.target().asClass(), path.value().asString()));
    }

    private void add(ClassInfo resource, String prefix) {
        for (MethodInfo method : resource.methods()) {
            AnnotationInstance path = method.declaredAnnotation(PATH);
            String whole =
                    normalised(prefix + "/" + (path == null ? "" : path.value().asString()));
            for (HttpMethod verb : HttpMethod.values()) {
                if (method.hasDeclaredAnnotation("jakarta.ws.rs." + verb)) {
                    methods.put(verb + " " + whole, method);
                }
            }
        }
    }

    /** The roles that may call the method; empty if everybody may. */
    List<String> roles(HttpMethod verb, String path) {
        return find(verb, path)
                .flatMap(method -> Optional.ofNullable(nearest(method, ROLES)))
                .map(roles -> List.of(roles.value().asStringArray()))
                .orElse(List.of());
    }

    List<ProblemType> problems(HttpMethod verb, String path) {
        return find(verb, path).stream()
                .flatMap(method -> Stream.of(
                        method.declaringClass().declaredAnnotation(PROBLEMS), method.declaredAnnotation(PROBLEMS)))
                .flatMap(Stream::ofNullable)
                .flatMap(problems -> Arrays.stream(problems.value().asEnumArray()))
                .map(ProblemType::valueOf)
                .toList();
    }

    /** Whether the method needs no idempotency key. */
    boolean hasOptionalKey(HttpMethod verb, String path) {
        return find(verb, path)
                .filter(method -> method.hasDeclaredAnnotation(OPTIONAL_KEY))
                .isPresent();
    }

    private Optional<MethodInfo> find(HttpMethod verb, String path) {
        return Optional.ofNullable(methods.get(verb + " " + normalised(path)));
    }

    private static @Nullable AnnotationInstance nearest(MethodInfo method, DotName name) {
        AnnotationInstance own = method.declaredAnnotation(name);
        return own == null ? method.declaringClass().declaredAnnotation(name) : own;
    }

    private static String normalised(String path) {
        return ("/" + path).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }
}
