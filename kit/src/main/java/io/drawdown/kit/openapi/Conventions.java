package io.drawdown.kit.openapi;

import io.drawdown.contracts.ProblemType;
import io.drawdown.contracts.ServerClock;
import io.drawdown.contracts.TraceContext;
import io.drawdown.kit.deadline.RequestDeadline;
import io.drawdown.kit.idempotency.IdempotencyKey;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/** Adds to the description of a service, at build time, what every route, answer and schema has. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 0)
public final class Conventions implements OASFilter {

    private static final String TOKEN = "token";

    private final IndexView index;
    private final Words words = Words.read(Conventions.class.getClassLoader());

    public Conventions(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() == null) {
            return; // a service without routes
        }
        locate(api);
        Components components = api.getComponents();
        SchemaWalk schemas = new SchemaWalk(components.getSchemas());
        new SchemaConventions(index, words).apply(components.getSchemas(), requests(api, schemas));
        components.addSchema(ProblemSchema.NAME, ProblemSchema.schema());
        components.setSecuritySchemes(Map.of(TOKEN, token()));
        Responses answers = new Responses(components);
        RouteProblems problems = new RouteProblems(schemas);
        Routes routes = new Routes(index);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((verb, operation) -> {
                    List<String> roles = routes.roles(verb, path);
                    List<ProblemType> declared = routes.problems(verb, path);
                    operation.setSecurity(security(roles));
                    describeParameters(operation, !routes.hasOptionalKey(verb, path));
                    addHeaders(components, verb, operation);
                    answers.complete(operation, problems.of(verb, operation, !roles.isEmpty(), declared));
                }));
    }

    private static void locate(OpenAPI api) {
        String port = ConfigProvider.getConfig()
                .getOptionalValue("quarkus.http.port", String.class)
                .orElse("8080");
        api.setServers(List.of(OASFactory.createServer()
                .url("http://{host}:{port}")
                .description("The address of the local stack")
                .addVariable("host", OASFactory.createServerVariable().defaultValue("localhost"))
                .addVariable("port", OASFactory.createServerVariable().defaultValue(port))));
    }

    private static SecurityScheme token() {
        return OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description("A signed token; its groups are the roles. The subject of a user is the account");
    }

    /** What is only read causes no events, so its trace goes nowhere. */
    private static void addHeaders(Components components, PathItem.HttpMethod verb, Operation operation) {
        List<Parameter> headers = verb == PathItem.HttpMethod.GET
                ? List.of(deadline())
                : List.of(deadline(), traceparent(), tracestate());
        for (Parameter header : headers) {
            components.addParameter(header.getName(), header);
            operation.addParameter(OASFactory.createParameter().ref("#/components/parameters/" + header.getName()));
        }
    }

    private static Parameter deadline() {
        return header(ServerClock.REQUEST_DEADLINE)
                .description("An instant of the time that " + ServerClock.SERVER_TIME
                        + " of earlier answers told. After it the request is not begun, and credits-service hands"
                        + " nothing more of it to its database: it answers `unavailable` if nothing happened,"
                        + " `outcome-unknown` if something may have")
                .schema(text().format("date-time").pattern("^" + RequestDeadline.FORM + "$"))
                .example("2026-01-31T12:00:05.000Z");
    }

    private static Parameter traceparent() {
        return header(TraceContext.TRACEPARENT)
                .description(
                        "The trace that the request belongs to, W3C Trace Context. The events that the request causes"
                                + " carry it in `ce_traceparent`. An invalid one counts as absent")
                .schema(text())
                .example("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private static Parameter tracestate() {
        return header(TraceContext.TRACESTATE)
                .description("What tracing systems add to the trace; it is carried in `ce_tracestate`, up to "
                        + TraceContext.LONGEST + " characters")
                .schema(text())
                .example("rojo=00f067aa0ba902b7");
    }

    private static Parameter header(String name) {
        return OASFactory.createParameter().name(name).in(Parameter.In.HEADER);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static List<SecurityRequirement> security(List<String> roles) {
        return roles.isEmpty()
                ? List.of()
                : List.of(OASFactory.createSecurityRequirement().addScheme(TOKEN, roles));
    }

    private static Set<String> requests(OpenAPI api, SchemaWalk schemas) {
        Set<String> requests = new HashSet<>();
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .map(Operation::getRequestBody)
                .filter(body -> body != null)
                .forEach(body -> requests.addAll(schemas.reached(body)));
        return requests;
    }

    private void describeParameters(Operation operation, boolean isKeyRequired) {
        List<Parameter> parameters = operation.getParameters();
        if (parameters == null) {
            return;
        }
        for (Parameter parameter : parameters) {
            SchemaConventions.anchor(parameter.getSchema());
            if (parameter.getName().equals(IdempotencyKey.HEADER)) {
                parameter.setRequired(isKeyRequired ? true : null); // it is checked by hand, for a problem of its own
                parameter.getSchema().setPattern(IdempotencyKey.FORM);
            }
            words.of(operation.getOperationId(), parameter.getName()).ifPresent(word -> {
                parameter.setDescription(word.description());
                parameter.setExample(word.example());
            });
        }
    }
}
