package io.drawdown.kit.trace;

/**
 * The names of the attributes of spans. Source: <a href="https://opentelemetry.io/docs/specs/semconv/">the semantic conventions
 * of OpenTelemetry</a>; those below {@code drawdown} are ours.
 */
public final class SpanAttributes {

    public static final String METHOD = "http.request.method";
    public static final String ROUTE = "http.route";
    public static final String STATUS = "http.response.status_code";
    public static final String URL_TEMPLATE = "url.template";
    public static final String SERVER_ADDRESS = "server.address";
    public static final String SERVER_PORT = "server.port";
    public static final String ERROR_TYPE = "error.type";

    public static final String MESSAGING_SYSTEM = "messaging.system";
    public static final String KAFKA = "kafka";
    public static final String DESTINATION = "messaging.destination.name";
    public static final String MESSAGING_OPERATION = "messaging.operation.name";
    public static final String MESSAGING_OPERATION_TYPE = "messaging.operation.type";

    public static final String DATABASE_SYSTEM = "db.system.name";
    public static final String MONGODB = "mongodb";
    public static final String COLLECTION = "db.collection.name";
    public static final String DATABASE_OPERATION = "db.operation.name";
    public static final String BATCH_SIZE = "db.operation.batch.size";

    /** The kind of a frame of a socket. */
    public static final String FRAME = "drawdown.frame";

    /** The type of a task. */
    public static final String TASK_TYPE = "drawdown.task.type";

    /** The name of a batch process. */
    public static final String PROCESS = "drawdown.batch.process";

    /** How many operations that are in a trace share a write; those of one trace count each. */
    public static final String OPERATIONS = "drawdown.operations";

    private SpanAttributes() {}
}
