package io.muster.control.site;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.Fields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a tenant's agents run. */
@Controller("/api/v1/sites")
@Tag(name = "sites")
final class SiteController {
  private final Sites sites;
  private final SiteEditor editor;
  private final SiteViews views;
  private final AgentTokens tokens;

  /** A name to give. */
  @Serdeable
  record Named(@Schema(example = "berlin") @Nullable String name) {}

  SiteController(Sites sites, SiteEditor editor, SiteViews views, AgentTokens tokens) {
    this.sites = sites;
    this.editor = editor;
    this.views = views;
    this.tokens = tokens;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  @Operation(summary = "List the tenant's sites with their agents, by name")
  @Answers.Reads
  Page<SiteView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    return views.page(caller, new PageQuery(page, size));
  }

  @Get("/{site}")
  @Secured(Role.MAY_VIEW)
  @Operation(summary = "Show a site, by its id or `name:<site>`")
  @Answers.Reads
  SiteView get(@Parameter(hidden = true) Caller caller, String site) {
    return views.find(caller, site);
  }

  @Post
  @Status(HttpStatus.CREATED)
  @Secured(Role.MAY_ADMINISTER)
  @Operation(summary = "Make a site")
  @Answers.Changes
  SiteView create(@Parameter(hidden = true) Caller caller, @Body Named asked) {
    return editor.create(caller, name(asked));
  }

  @Patch("/{site}")
  @Secured(Role.MAY_ADMINISTER)
  @Operation(
      summary = "Rename a site",
      description = "Rows written so far keep the old name; the agent's MUSTER_SITE has to follow.")
  @Answers.Changes
  SiteView rename(@Parameter(hidden = true) Caller caller, String site, @Body Named asked) {
    return editor.rename(caller, sites.require(caller.tenant(), site), name(asked));
  }

  @Delete("/{site}")
  @Status(HttpStatus.NO_CONTENT)
  @Secured(Role.MAY_ADMINISTER)
  @Operation(summary = "Delete a site that has no servers any more; its agent tokens end")
  @Answers.Changes
  void delete(@Parameter(hidden = true) Caller caller, String site) {
    Site found = sites.require(caller.tenant(), site);
    List<AgentToken> gone = tokens.of(found);
    editor.delete(caller, found);
    tokens.ended(gone);
  }

  @Get("/{site}/agent-tokens")
  @Secured(Role.MAY_ADMINISTER)
  @Operation(summary = "List the tokens of a site's agent, without the tokens themselves")
  @Answers.Reads
  Page<AgentTokenView> agentTokens(
      @Parameter(hidden = true) Caller caller,
      String site,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    return Page.cut(tokens.of(sites.require(caller.tenant(), site)), new PageQuery(page, size))
        .map(token -> AgentTokenView.of(token, null));
  }

  @Post("/{site}/agent-tokens")
  @Status(HttpStatus.CREATED)
  @Secured(Role.MAY_ADMINISTER)
  @Operation(
      summary = "Make a token for the site's agent",
      description = "The token itself (MUSTER_AGENT_TOKEN) is in this answer and nowhere else.")
  @Answers.Changes
  AgentTokenView createAgentToken(
      @Parameter(hidden = true) Caller caller, String site, @Body Named asked) {
    return tokens.create(caller, sites.require(caller.tenant(), site), name(asked));
  }

  @Delete("/{site}/agent-tokens/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Secured(Role.MAY_ADMINISTER)
  @Operation(summary = "Revoke a token; the agent that is connected by it is disconnected")
  @Answers.Changes
  void revokeAgentToken(@Parameter(hidden = true) Caller caller, String site, UUID id) {
    tokens.revoke(caller, sites.require(caller.tenant(), site), id);
  }

  private static String name(Named asked) {
    Fields fields = new Fields();
    String name = Names.read(asked.name(), fields);
    fields.check();
    return name;
  }
}
