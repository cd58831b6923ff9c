package io.drawdown.billing.api.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.drawdown.billing.config.QueueConfig;
import io.drawdown.billing.item.TeamDocument;
import io.drawdown.billing.item.engine.Items;
import io.drawdown.billing.notice.Notice;
import io.drawdown.billing.publish.Target;
import io.drawdown.contracts.AccountId;
import io.drawdown.contracts.ProblemType;
import io.drawdown.kit.problem.ProblemException;
import io.drawdown.kit.runtime.CoreLoop;
import io.drawdown.kit.security.Caller;
import io.drawdown.kit.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URISyntaxException;
import okhttp3.HttpUrl;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a team says of itself: its name, and where its items are published. */
@Path("/api/v1/queue/teams/{team}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.USER, Role.GATEWAY, Role.SERVICE, Role.OPERATOR})
@Tag(name = ItemsResource.TAG, description = ItemsResource.ABOUT)
public final class TeamResource {

    private final Items items;
    private final QueueConfig config;
    private final CoreLoop loop;
    private final SecurityIdentity identity;

    TeamResource(Items items, QueueConfig config, CoreLoop loop, SecurityIdentity identity) {
        this.items = items;
        this.config = config;
        this.loop = loop;
        this.identity = identity;
    }

    /**
     * The settings of a team. They replace the former ones as a whole: an absent field is removed.
     *
     * @param email the address that gets a mail when an item of the team expires; absent: no mail is sent
     * @param slackWebhookUrl is never shown again
     */
    @Schema(name = "QueueTeamRequest")
    public record TeamRequest(
            @Nullable @Pattern(regexp = NewItemRequest.TEXT) String name,
            @Nullable @Pattern(regexp = Notice.ADDRESS) String email,
            @Nullable @Pattern(regexp = Target.CHANNEL) String slackChannel,
            @Nullable @Size(min = 1, max = 500) String slackWebhookUrl) {

        /** A log must not show the webhook. */
        @Override
        public String toString() {
            return "TeamRequest[name=" + name + ", slackChannel=" + slackChannel + "]";
        }
    }

    /**
     * A team as clients see it.
     *
     * @param hasSlackWebhook whether its items go through a webhook, which is a secret
     */
    @Schema(name = "QueueTeam")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TeamView(
            String team,
            @Nullable String name,
            @Nullable String email,
            @Nullable String slackChannel,
            boolean hasSlackWebhook) {

        static TeamView of(TeamDocument team) {
            Target target = team.target();
            return new TeamView(
                    team.id(),
                    team.profile().name(),
                    team.profile().email(),
                    target == null ? null : target.channel(),
                    target != null && target.webhook() != null);
        }
    }

    @GET
    @Operation(operationId = "readQueueTeam", summary = "Shows where a team's items are published")
    public Uni<TeamView> read(@PathParam("team") @Pattern(regexp = AccountId.FORM) String team) {
        TeamAccess.require(Caller.of(identity), team);
        return loop.call(() -> items.teams().get(team)).map(TeamView::of);
    }

    @PUT
    @Operation(
            operationId = "tellQueueTeam",
            summary = "Says where a team's items are published",
            description =
                    "In a channel, by the bot, or through an incoming webhook; one of the two at most. The address of a webhook is"
                            + " a secret and is never shown.")
    public Uni<TeamView> tell(
            @PathParam("team") @Pattern(regexp = AccountId.FORM) String team, @NotNull @Valid TeamRequest request) {
        TeamAccess.require(Caller.of(identity), team);
        TeamDocument.Profile profile = new TeamDocument.Profile(request.name(), request.email(), target(request));
        return loop.call(() -> items.teams().tell(team, profile)).map(TeamView::of);
    }

    private @Nullable Target target(TeamRequest request) {
        String channel = request.slackChannel();
        String webhook = request.slackWebhookUrl();
        if (channel != null && webhook != null) {
            throw refused("slack_channel or slack_webhook_url, not both");
        }
        if (webhook != null) {
            requireAddress(webhook);
            return Target.ofWebhook(webhook);
        }
        return channel == null ? null : Target.ofChannel(channel);
    }

    private void requireAddress(String webhook) {
        try {
            URI address = new URI(webhook);
            boolean isHttp = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme())
                            && config.queue().slack().privateAddresses());
            if (!isHttp
                    || address.getHost() == null
                    || address.getUserInfo() != null
                    || address.getFragment() != null
                    || HttpUrl.parse(webhook) == null) { // it knows more, such as which ports there are
                throw refused("slack_webhook_url is not an address such as https://hooks.slack.com/services/…");
            }
        } catch (URISyntaxException e) {
            throw refused("slack_webhook_url is not an address");
        }
    }

    /** Without the address: it is a secret. */
    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.INVALID_REQUEST, why);
    }
}
