package io.drawdown.bench.contenders;

import java.nio.file.Path;

/**
 * Where a queue keeps its tasks.
 *
 * @param folder of its own, empty
 * @param mongo connection string of the database of the bench
 * @param database of its own
 * @param kafka bootstrap servers of the broker of the bench
 */
public record Place(Path folder, String mongo, String database, String kafka, String topicPrefix) {}
