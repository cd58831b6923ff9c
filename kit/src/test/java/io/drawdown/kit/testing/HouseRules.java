package io.drawdown.kit.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.drawdown.contracts.Service;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ScheduledExecutorService;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** What the build forbids in every module: one place for all, called by one test in each. */
public final class HouseRules {

    private static final Set<String> CLOCK_READERS = Set.of("now", "currentTimeMillis", "nanoTime");
    private static final List<Class<?>> CLOCKS =
            List.of(Instant.class, LocalDate.class, LocalDateTime.class, Clock.class, System.class);

    private static final String PANACHE = "io.quarkus.mongodb.panache";
    private static final Set<String> PANACHE_OVERWRITES = Set.of("update", "persistOrUpdate");

    private HouseRules() {}

    /**
     * Fails if a class of the service breaks a rule.
     *
     * @param root the package of the service, e.g. {@code io.drawdown.credits}
     */
    public static void check(String root) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        rules(root).forEach(rule -> rule.allowEmptyShould(true).check(classes));
        PackageSentences.check(root, classes);
    }

    private static List<ArchRule> rules(String root) {
        return List.of(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.drawdown.kit.time..")
                        .should()
                        .callMethodWhere(readsAClock())
                        .because("the only clock is io.drawdown.kit.time.Time"),
                noClasses()
                        .that()
                        .resideOutsideOfPackages("io.drawdown.kit.time..", "io.drawdown.kit.runtime..")
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(Timer.class, ScheduledExecutorService.class)
                        .because("the only timers are those of io.drawdown.kit.time.Scheduler"),
                noClasses()
                        .should()
                        .dependOnClassesThat(anotherServiceThan(root))
                        .because("services meet over events and HTTP only"),
                slices().matching(root + ".(*)..").should().beFreeOfCycles(),
                noFields()
                        .should()
                        .beAnnotatedWith("jakarta.inject.Inject")
                        .orShould()
                        .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                        .because("what a class needs is in its constructor"),
                noClasses()
                        .should()
                        .haveNameMatching(".*(Impl|Base|Manager|Helper|Util|Utils|Dto)")
                        .because("a name says what a thing is"),
                noClasses()
                        .should()
                        .callMethodWhere(overwritesUnguarded())
                        .because("Panache's update and persistOrUpdate overwrite without the guard on rev"));
    }

    private static DescribedPredicate<JavaMethodCall> readsAClock() {
        return DescribedPredicate.describe(
                "reads a clock",
                call -> CLOCK_READERS.contains(call.getName())
                        && CLOCKS.stream()
                                .anyMatch(clock -> call.getTargetOwner().isEquivalentTo(clock)));
    }

    private static DescribedPredicate<JavaMethodCall> overwritesUnguarded() {
        return DescribedPredicate.describe(
                "overwrites a document by Panache",
                call -> PANACHE_OVERWRITES.contains(call.getName())
                        && call.getTargetOwner().getAllRawInterfaces().stream()
                                .anyMatch(of -> of.getPackageName().startsWith(PANACHE)));
    }

    private static DescribedPredicate<JavaClass> anotherServiceThan(String root) {
        return DescribedPredicate.describe("belong to another service", type -> Arrays.stream(Service.values())
                .map(Service::rootPackage)
                .anyMatch(service -> type.getName().startsWith(service + ".") && !service.equals(root)));
    }
}
