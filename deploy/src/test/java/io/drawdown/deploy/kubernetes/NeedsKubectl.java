package io.drawdown.deploy.kubernetes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that builds manifests. It is skipped where there is no {@code kubectl}, which {@link KubectlTest} says. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("io.drawdown.deploy.kubernetes.Kustomize#isKubectlThere")
@interface NeedsKubectl {}
