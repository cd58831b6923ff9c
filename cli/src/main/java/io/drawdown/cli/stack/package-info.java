/**
 * Owns the local stack: its processes, ports, folders and lock, and how they start, stop and are replaced. Uses {@code process},
 * {@code proxy}, {@code tokens}, {@code files} and {@code embedded}.
 */
@NullMarked
package io.drawdown.cli.stack;

import org.jspecify.annotations.NullMarked;
