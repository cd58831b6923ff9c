/**
 * The OpenAPI descriptions of the services: conventions that hold for every route are added here when a service is built, so a
 * new route has them without annotations of its own.
 */
@NullMarked
package io.drawdown.kit.openapi;

import org.jspecify.annotations.NullMarked;
