/**
 * Owns the JSON of events, frames and HTTP: names, exact values, required fields, plain text. Uses nothing else of
 * kit.
 */
@NullMarked
package io.drawdown.kit.json;

import org.jspecify.annotations.NullMarked;
