/**
 * Owns the local stack: its processes, ports, folders and lock, and how they start and stop. Uses {@code process},
 * {@code tokens}, {@code files} and {@code embedded}.
 */
@NullMarked
package io.drawdown.cli.stack;

import org.jspecify.annotations.NullMarked;
