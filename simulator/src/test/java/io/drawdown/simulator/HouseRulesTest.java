package io.drawdown.simulator;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** A history depends only on its seed; only the package that runs many histories has a clock, threads and randomness. */
class HouseRulesTest {

    private static final String ROOT = "io.drawdown.simulator";
    private static final String CAMPAIGN = ROOT + ".campaign..";
    private static final Set<String> OF_THE_MACHINE =
            Set.of("now", "currentTimeMillis", "nanoTime", "start", "ofPlatform", "ofVirtual", "random", "randomUUID");
    private static final Set<Class<?>> OWNERS =
            Set.of(Instant.class, Clock.class, System.class, Thread.class, Math.class, UUID.class);

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void historiesUseNoClockThreadOrRandomnessOfTheMachine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CAMPAIGN)
                .should()
                .callMethodWhere(asksTheMachine())
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage(CAMPAIGN)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Executor.class, CompletableFuture.class, ThreadLocalRandom.class, Random.class)
                .check(classes);
        noClasses()
                .that()
                .resideOutsideOfPackage(CAMPAIGN)
                .should()
                .callConstructor(SplittableRandom.class)
                .because("chance without a seed does not repeat")
                .check(classes);
    }

    private static DescribedPredicate<JavaMethodCall> asksTheMachine() {
        return DescribedPredicate.describe(
                "asks the machine",
                call -> OF_THE_MACHINE.contains(call.getName())
                        && OWNERS.stream()
                                .anyMatch(owner -> call.getTargetOwner().isEquivalentTo(owner)));
    }
}
