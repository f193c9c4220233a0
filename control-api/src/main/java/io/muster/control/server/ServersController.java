package io.muster.control.server;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Sight.Extent;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The inventory, one server at a time. */
@Controller("/api/v1/servers")
@Tag(name = "servers")
final class ServersController {
  private final VisibleServers visible;
  private final InventoryEditor editor;
  private final ServerViews views;
  private final ServerLists lists;

  ServersController(
      VisibleServers visible, InventoryEditor editor, ServerViews views, ServerLists lists) {
    this.visible = visible;
    this.editor = editor;
    this.views = views;
    this.lists = lists;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "Lists servers by name")
  Page<ServerView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Nullable @QueryValue String site,
      @Nullable @QueryValue String provider,
      @Nullable @QueryValue String tag,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String q) {
    return lists.page(
        caller, new ServerFilter(site, provider, tag, status, q), new PageQuery(page, size));
  }

  @Get("/{id}")
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "Shows a server")
  @ApiResponse(responseCode = "404", description = "not-found")
  HttpResponse<ServerView> show(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
    VisibleServers.Seen seen = visible.look(caller, id);
    // Without a version: who sees name and status alone has nothing to change.
    return seen.extent() == Extent.WHOLE
        ? answer(caller, seen.row(), HttpStatus.OK)
        : HttpResponse.ok(views.one(caller, seen.row()));
  }

  @Post
  @Secured(Role.MAY_ADMINISTER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Answers.Changes
  @Operation(summary = "Adds a server")
  @ServerBody
  @ApiResponse(responseCode = "400", description = "invalid: errors[] names the fields")
  @ApiResponse(responseCode = "409", description = "exists, server-limit")
  HttpResponse<ServerView> add(@Parameter(hidden = true) Caller caller, @Body byte[] body) {
    ServerRow row = editor.create(caller, EntryBody.parse(body));
    return answer(caller, row, HttpStatus.CREATED)
        .header(HttpHeaders.LOCATION, "/api/v1/servers/" + row.id());
  }

  @Put("/{id}")
  @Secured(Role.MAY_ADMINISTER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Answers.Changes
  @Operation(summary = "Replaces a server's fields; secrets left out are kept")
  @ServerBody
  @ApiResponse(responseCode = "400", description = "invalid, secret-required")
  @ApiResponse(responseCode = "404", description = "not-found")
  @ApiResponse(responseCode = "409", description = "exists")
  @ApiResponse(responseCode = "412", description = "changed: If-Match is not the version there is")
  HttpResponse<ServerView> replace(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch,
      @Body byte[] body) {
    ServerRow row = editor.replace(caller, id, EntryBody.parse(body), ifMatch);
    return answer(caller, row, HttpStatus.OK);
  }

  @Patch("/{id}")
  @Secured(Role.MAY_ADMINISTER)
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Answers.Changes
  @Operation(summary = "Changes some fields of a server; null takes one away")
  @ServerBody
  @ApiResponse(responseCode = "400", description = "invalid, secret-required")
  @ApiResponse(responseCode = "404", description = "not-found")
  @ApiResponse(responseCode = "409", description = "exists")
  @ApiResponse(responseCode = "412", description = "changed: If-Match is not the version there is")
  HttpResponse<ServerView> change(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch,
      @Body byte[] body) {
    ServerRow row = editor.patch(caller, id, EntryBody.parse(body), ifMatch);
    return answer(caller, row, HttpStatus.OK);
  }

  @Delete("/{id}")
  @Secured(Role.MAY_ADMINISTER)
  @Status(HttpStatus.NO_CONTENT)
  @Answers.Changes
  @Operation(summary = "Deletes a server; what was measured of it stays")
  @ApiResponse(responseCode = "404", description = "not-found")
  @ApiResponse(responseCode = "412", description = "changed: If-Match is not the version there is")
  void delete(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch) {
    editor.delete(caller, id, ifMatch);
  }

  private MutableHttpResponse<ServerView> answer(Caller caller, ServerRow row, HttpStatus status) {
    return HttpResponse.<ServerView>status(status)
        .body(views.one(caller, row))
        .header(HttpHeaders.ETAG, EntityTag.of(row));
  }
}
