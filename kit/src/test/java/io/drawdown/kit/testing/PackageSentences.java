package io.drawdown.kit.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what each {@code package-info} says that its package uses with what its classes use, within one module. It says
 * so in one of two sentences:
 *
 * <pre>
 * Uses {@code account} and {@code http.ledger}     names below the module's package; that itself by its last word
 * Uses nothing else of …
 * </pre>
 */
final class PackageSentences {

    private static final Pattern SENTENCE = Pattern.compile("Uses ([^.]*?(?:\\{@code [^}]*}[^.]*?)*)\\.");
    private static final Pattern NAME = Pattern.compile("\\{@code ([^}]*)}");

    private final String root;
    private final Map<String, Set<String>> used = new TreeMap<>();

    private PackageSentences(String root, JavaClasses classes) {
        this.root = root;
        for (JavaClass type : classes) {
            used.computeIfAbsent(nameOf(type), absent -> new TreeSet<>()).addAll(usedBy(type));
        }
    }

    static void check(String root, JavaClasses classes) {
        PackageSentences sentences = new PackageSentences(root, classes);
        assertThat(sentences.told()).isEqualTo(sentences.used);
    }

    private Set<String> usedBy(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(target -> target.getPackageName().equals(root)
                        || target.getPackageName().startsWith(root + "."))
                .map(this::nameOf)
                .filter(name -> !name.equals(nameOf(type)))
                .collect(Collectors.toSet());
    }

    private String nameOf(JavaClass type) {
        return type.getPackageName().equals(root)
                ? root.substring(root.lastIndexOf('.') + 1)
                : type.getPackageName().substring(root.length() + 1);
    }

    private Map<String, Set<String>> told() {
        return used.keySet().stream()
                .collect(Collectors.toMap(name -> name, this::toldBy, (one, other) -> one, TreeMap::new));
    }

    private Set<String> toldBy(String name) {
        String text = source(name).replaceAll("\\s*\\n \\* ?", " ");
        Matcher sentence = SENTENCE.matcher(text);
        assertThat(sentence.find())
                .as("package-info of %s says what it uses", name)
                .isTrue();
        return NAME.matcher(sentence.group(1))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String source(String name) {
        String packageName = root.endsWith("." + name) ? root : root + "." + name;
        try {
            return Files.readString(Path.of("src/main/java", packageName.replace('.', '/'), "package-info.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
