package io.drawdown.simulator.bugs.overlay;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * The edited sources of a bug, compiled in memory against the class path of the tests, like the build but without its
 * gates. A constant that is inlined into other classes changes there only if their sources are edited too.
 */
final class PatchedClasses {

    private static final JavaCompiler COMPILER =
            requireNonNull(ToolProvider.getSystemJavaCompiler(), "tests run on a JDK");
    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "-parameters",
            "-implicit:none",
            "-nowarn",
            "-classpath",
            System.getProperty("java.class.path"));

    /** One per thread, because it is not safe for several and opens every archive of the class path. */
    private static final ThreadLocal<StandardJavaFileManager> FILES =
            ThreadLocal.withInitial(() -> COMPILER.getStandardFileManager(null, Locale.ROOT, UTF_8));

    private static final Map<List<Edit>, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private PatchedClasses() {}

    /** The changed classes by name, including nested ones; fails with the compiler's message. */
    static Map<String, byte[]> of(SeededBug bug) {
        return COMPILED.computeIfAbsent(bug.edits(), edits -> compiled(bug));
    }

    private static Map<String, byte[]> compiled(SeededBug bug) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (Edit edit : bug.edits()) {
            String source = sources.computeIfAbsent(edit.className(), Repository::source);
            sources.put(edit.className(), edit.applyTo(source, bug.name()));
        }
        List<Source> units = sources.entrySet().stream()
                .map(each -> new Source(each.getKey(), each.getValue()))
                .toList();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Memory memory = new Memory(FILES.get());
        if (!COMPILER.getTask(null, memory, said, OPTIONS, null, units).call()) {
            throw new StaleEdit(bug.name(), "it does not compile:\n" + errors(said));
        }
        return memory.classes();
    }

    private static URI place(String className, JavaFileObject.Kind kind) {
        return URI.create("patched:/" + className.replace('.', '/') + kind.extension);
    }

    private static String errors(DiagnosticCollector<JavaFileObject> said) {
        return said.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(place(className, Kind.SOURCE), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            return written.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, each -> each.getValue().toByteArray()));
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("patched:/" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
