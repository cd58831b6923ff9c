/**
 * Owns a task as it is stored: its document, the states of its life and every change of it. Uses nothing else of
 * the service.
 */
@NullMarked
package io.drawdown.tasks.task;

import org.jspecify.annotations.NullMarked;
