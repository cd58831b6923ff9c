package io.drawdown.kit.testing.portable;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test while which something was sent to the database that not every MongoDB-compatible server knows. */
public final class PortableExtension implements AfterEachCallback, AfterAllCallback {

    /** A property, since Quarkus loads our classes a second time: what is static exists twice. */
    private static final String FOUND = "drawdown.test.not-portable";

    /** The test that is running, or else the next one, is to fail for it. */
    static void keep(String found) {
        System.getProperties().merge(FOUND, found, (before, next) -> before + "\n" + next);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        refuse();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        refuse();
    }

    static void refuse() {
        if (System.getProperties().remove(FOUND) instanceof String found) {
            throw new AssertionError("Not in portable-mongodb.txt: " + found);
        }
    }
}
