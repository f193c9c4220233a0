package io.muster.control.live;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.token.reader.TokenResolver;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What changes, as it happens. */
@Controller("/api/v1/events")
@Tag(name = "events")
final class EventsController {
  private static final String EVENTS =
      """
      id: 7f0c21d4-17
      event: vm-status
      data: {"serverId":"6f1d9a52-3c8e-4b7a-9e05-d2a4c1b8f763","serverName":"pve-lab",\
      "vmId":"qemu:101","name":"web-1","group":"shop","node":"pve1","status":"stopped",\
      "at":"2026-11-21T10:15:30Z"}

      """;

  private final LiveReaders readers;
  private final AccessWatch access;
  private final TokenResolver<HttpRequest<?>> tokens;

  EventsController(LiveReaders readers, AccessWatch access, TokenResolver<HttpRequest<?>> tokens) {
    this.readers = readers;
    this.access = access;
    this.tokens = tokens;
  }

  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(
      summary = "Tells what changes, as it happens, as Server-Sent Events",
      description =
          "`server-status`, `vm-status`, `action`, `agent`, each with JSON as data; `reset` says"
              + " that something was missed, so that everything has to be read anew. Every 15 s a"
              + " comment, with the id up to which nothing is missed. The stream ends when the"
              + " token does, or what it may see changes.")
  @ApiResponse(
      responseCode = "200",
      description = "Events until one side ends",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(type = "string"),
              examples = @ExampleObject(name = "vm-status", value = EVENTS)))
  @ApiResponse(
      responseCode = "429",
      description = "too-many-streams: `Retry-After` says when to try again",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_PROBLEM,
              schema = @Schema(implementation = Problem.class)))
  HttpResponse<Publisher<byte[]>> stream(
      HttpRequest<?> request,
      @Parameter(hidden = true) Caller caller,
      @Parameter(
              description = "A server, by its id or `name:` and its name: it, its VMs, its agent",
              example = "name:pve-lab")
          @Nullable
          @QueryValue
          String server,
      @Parameter(description = "Of the last event that is known: goes on after it")
          @Nullable
          @Header("Last-Event-ID")
          String lastEventId) {
    String token = tokens.resolveTokens(request).stream().findFirst().orElse("");
    Publisher<byte[]> events = readers.open(caller, token, server, lastEventId);
    access.start();
    return HttpResponse.ok(events)
        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
        // Compressed, or kept in a proxy until there is more, an event comes late.
        .header(HttpHeaders.CONTENT_ENCODING, "identity")
        .header("X-Accel-Buffering", "no");
  }
}
