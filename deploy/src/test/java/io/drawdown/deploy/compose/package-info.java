/** Whether docker-compose.yml and what it mounts fit the services: variables, ports, topics, databases, files. */
@NullMarked
package io.drawdown.deploy.compose;

import org.jspecify.annotations.NullMarked;
