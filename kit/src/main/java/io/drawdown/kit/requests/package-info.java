/**
 * What is checked of every request, in the same way for all routes, before its resource reads it: nothing that was sent
 * is ignored, nothing is said twice. Uses problems; only the framework calls it.
 */
@NullMarked
package io.drawdown.kit.requests;

import org.jspecify.annotations.NullMarked;
