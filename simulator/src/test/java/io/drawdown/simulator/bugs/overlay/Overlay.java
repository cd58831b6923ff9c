package io.drawdown.simulator.bugs.overlay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A second set of our classes, with the patched classes of one bug. Packages from which no patched class can be reached, and the classes
 * of others, are shared with the outside, where they are warm. Only JDK types may cross the border, because a class of ours inside may
 * not be the one outside. Several overlays may be used at once, in several threads.
 */
public final class Overlay {

    private static final String OUR_PACKAGES = "io.drawdown.";

    /** The classes as they were built; they are the same for every bug. */
    private static final Map<String, Optional<byte[]>> BUILT = new ConcurrentHashMap<>();

    private final Map<String, byte[]> patched;
    private final ClassLoader loader;

    private Overlay(Map<String, byte[]> patched) {
        this.patched = patched;
        loader = new Inside(patched);
    }

    /** Our classes with this bug; fails if the bug does not fit the sources. */
    public static Overlay with(SeededBug bug) {
        return new Overlay(PatchedClasses.of(bug));
    }

    /** Whether the bug changes this class. */
    public boolean isPatched(String name) {
        return patched.containsKey(name);
    }

    /** The class of this name inside the overlay. */
    public Class<?> type(String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException fault) {
            throw new IllegalArgumentException("no class " + name, fault);
        }
    }

    /**
     * Runs a static method inside the overlay and returns its result, or null for a void method.
     *
     * @param type the class, by name
     * @param method the name of its only static method with as many parameters; it need not be public
     * @param arguments values of JDK types
     */
    public @Nullable Object run(String type, String method, Object... arguments) {
        List<Method> fitting = Arrays.stream(type(type).getDeclaredMethods())
                .filter(each -> each.getName().equals(method) && each.getParameterCount() == arguments.length)
                .toList();
        if (fitting.size() != 1) {
            throw new IllegalArgumentException(fitting.size() + " methods are called " + type + "." + method);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Method inside = fitting.getFirst();
            inside.setAccessible(true);
            return inside.invoke(null, arguments);
        } catch (IllegalAccessException fault) {
            throw new IllegalStateException(fault);
        } catch (InvocationTargetException fault) {
            throw rethrown(requireNonNull(fault.getCause()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static RuntimeException rethrown(Throwable fault) {
        return switch (fault) {
            case Error error -> throw error;
            case RuntimeException own -> own;
            default -> new IllegalStateException(fault);
        };
    }

    private static Optional<byte[]> built(String name) {
        return BUILT.computeIfAbsent(name, Overlay::read);
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream bytes =
                requireNonNull(Overlay.class.getClassLoader()).getResourceAsStream(name.replace('.', '/') + ".class")) {
            return bytes == null ? Optional.empty() : Optional.of(bytes.readAllBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Defines our classes itself, unless they are independent of the bug, and asks its parent for all other classes and for every resource. */
    private static final class Inside extends ClassLoader {

        static {
            registerAsParallelCapable();
        }

        private final Map<String, byte[]> patched;
        private final Set<String> shared;

        Inside(Map<String, byte[]> patched) {
            super(Overlay.class.getClassLoader());
            this.patched = patched;
            this.shared = PackageUses.independentOf(
                    patched.keySet().stream().map(PackageUses::packageOf).toList());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OUR_PACKAGES) || shared.contains(PackageUses.packageOf(name))) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            byte[] bytes = patched.get(name);
            if (bytes == null) {
                bytes = built(name).orElseThrow(() -> new ClassNotFoundException(name));
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
