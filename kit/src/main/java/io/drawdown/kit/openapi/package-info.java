/**
 * Owns the OpenAPI descriptions of the services. Conventions for all routes are added here at build time, so a new
 * route follows them without annotations of its own. Uses nothing else of kit.
 */
@NullMarked
package io.drawdown.kit.openapi;

import org.jspecify.annotations.NullMarked;
