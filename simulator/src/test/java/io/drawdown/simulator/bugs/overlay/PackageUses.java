package io.drawdown.simulator.bugs.overlay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

/** Which of our packages use which, as the classes say that were built. A name of a class in a text counts as a use. */
final class PackageUses {

    private static final String ROOT = "io/drawdown";

    /** A class of ours, as class files write it; its package is the group. */
    private static final Pattern USE = Pattern.compile("(io[./]drawdown(?:[./][a-z][a-z0-9_]*)*)[./][A-Z]");

    /** The users of each package; every package uses itself. */
    private static final Map<String, Set<String>> USERS = users();

    private PackageUses() {}

    /** Those that can not come to a class of the given packages, however they go: what they do is the same with any such class. */
    static Set<String> independentOf(Collection<String> packages) {
        Set<String> reaching = new HashSet<>(packages);
        Deque<String> open = new ArrayDeque<>(reaching);
        while (!open.isEmpty()) {
            for (String user : USERS.getOrDefault(open.remove(), Set.of())) {
                if (reaching.add(user)) {
                    open.add(user);
                }
            }
        }
        Set<String> others = new HashSet<>(USERS.keySet());
        others.removeAll(reaching);
        return others;
    }

    static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    private static Map<String, Set<String>> users() {
        Map<String, Set<String>> users = new HashMap<>();
        try {
            ClassLoader loader = requireNonNull(PackageUses.class.getClassLoader());
            for (URL root : Collections.list(loader.getResources(ROOT))) {
                addAll(URI.create(root.toString()), users);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return users;
    }

    private static void addAll(URI root, Map<String, Set<String>> users) throws IOException {
        if (root.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                addAll(jar.getPath("/", ROOT), users);
            }
        } else {
            addAll(Path.of(root), users);
        }
    }

    private static void addAll(Path root, Map<String, Set<String>> users) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path each : classes) {
                Path folder = root.relativize(requireNonNull(each.getParent()));
                String user = (ROOT + "/" + folder).replaceAll("/+$", "").replace('/', '.');
                users.computeIfAbsent(user, fresh -> new HashSet<>()).add(user);
                Matcher uses = USE.matcher(new String(Files.readAllBytes(each), ISO_8859_1));
                while (uses.find()) {
                    users.computeIfAbsent(uses.group(1).replace('/', '.'), fresh -> new HashSet<>())
                            .add(user);
                }
            }
        }
    }
}
