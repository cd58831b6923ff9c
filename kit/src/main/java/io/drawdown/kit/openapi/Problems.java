package io.drawdown.kit.openapi;

import io.drawdown.contracts.ProblemType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems that a route answers with, beyond those that follow from its shape ({@link RouteProblems}). On a class
 * it applies to every route. Tests compare every answer with it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Problems {

    ProblemType[] value();
}
