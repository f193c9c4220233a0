package io.muster.control.importing;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.InventoryExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Servers from a file and into one. */
@Controller("/api/v1/servers")
@Tag(name = "servers")
final class ImportController {
  private static final String CSV = "text/csv";
  private static final MediaType CSV_TYPE = MediaType.of(CSV);

  private static final String SEEN =
      "With trustSeen: the SHA-256 of the certificates that the preview showed, with commas; a"
          + " server that shows another one is refused";

  /** Fifty servers with their certificates. */
  private static final int MAX_BYTES = 1 << 20;

  private final Importer importer;
  private final InventoryExport export;

  ImportController(Importer importer, InventoryExport export) {
    this.importer = importer;
    this.export = export;
  }

  @Post("/import")
  @Consumes(CSV)
  @Secured(Role.MAY_ADMINISTER)
  @Answers.Changes
  @Operation(summary = "Imports servers of a CSV file")
  @ApiResponse(responseCode = "400", description = "invalid: the file as a whole can't be read")
  @ApiResponse(responseCode = "413", description = "too-large: more than 1 MiB")
  ImportAnswer csv(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "false") boolean dryRun,
      @QueryValue(defaultValue = "false") boolean update,
      @QueryValue(defaultValue = "false") boolean trustSeen,
      @Parameter(description = SEEN) @Nullable @QueryValue String seen,
      @Body byte[] body) {
    return run(caller, CsvFile.read(bounded(body)), dryRun, update, TrustSeen.of(trustSeen, seen));
  }

  @Post("/import")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Secured(Role.MAY_ADMINISTER)
  @Answers.Changes
  @Operation(summary = "Imports servers of an uploaded CSV or JSON file")
  @ApiResponse(responseCode = "400", description = "invalid: the file as a whole can't be read")
  @ApiResponse(responseCode = "413", description = "too-large: more than 1 MiB")
  ImportAnswer upload(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "false") boolean dryRun,
      @QueryValue(defaultValue = "false") boolean update,
      @QueryValue(defaultValue = "false") boolean trustSeen,
      @Parameter(description = SEEN) @Nullable @QueryValue String seen,
      @Part CompletedFileUpload file) {
    byte[] body = bounded(bytes(file));
    boolean json = file.getFilename().endsWith(".json");
    return run(
        caller,
        json ? ImportFile.json(body) : CsvFile.read(body),
        dryRun,
        update,
        TrustSeen.of(trustSeen, seen));
  }

  @Post("/import")
  @Consumes(MediaType.APPLICATION_JSON)
  @Secured(Role.MAY_ADMINISTER)
  @Answers.Changes
  @Operation(summary = "Imports servers of a JSON document, {\"servers\": [...]}")
  @ApiResponse(responseCode = "400", description = "invalid: the document can't be read")
  @ApiResponse(responseCode = "413", description = "too-large: more than 1 MiB")
  ImportAnswer json(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "false") boolean dryRun,
      @QueryValue(defaultValue = "false") boolean update,
      @QueryValue(defaultValue = "false") boolean trustSeen,
      @Parameter(description = SEEN) @Nullable @QueryValue String seen,
      @Body byte[] body) {
    return run(
        caller, ImportFile.json(bounded(body)), dryRun, update, TrustSeen.of(trustSeen, seen));
  }

  @Get("/import/template")
  @Produces(CSV)
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "A CSV file to fill in")
  HttpResponse<String> template() {
    return download("servers-template.csv", CsvWriter.template());
  }

  // JSON too, though it is never given: else /servers/{id} takes it for a server named "export".
  @Get("/export")
  @Produces({CSV, MediaType.APPLICATION_JSON})
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "The inventory as CSV, without secrets")
  @ApiResponse(
      responseCode = "200",
      description = "A file that can be imported again",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "406", description = "not-acceptable: there is no other form")
  HttpResponse<String> export(
      @Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpHeaders headers) {
    List<MediaType> accepted = headers.accept();
    if (!accepted.isEmpty() && accepted.stream().noneMatch(type -> type.matches(CSV_TYPE))) {
      throw ProblemException.of(
          HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "The export is CSV: accept text/csv.");
    }
    return download("servers.csv", CsvWriter.export(export.entries(caller)));
  }

  private ImportAnswer run(
      Caller caller, ImportFile file, boolean dryRun, boolean update, @Nullable TrustSeen trust) {
    return dryRun
        ? importer.preview(caller, file, update)
        : importer.apply(caller, file, update, trust);
  }

  private static byte[] bounded(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw ProblemException.of(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "A file may have at most 1 MiB.");
    }
    return body;
  }

  private static byte[] bytes(CompletedFileUpload file) {
    try {
      return file.getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read an uploaded file", e);
    }
  }

  private static HttpResponse<String> download(String name, String csv) {
    return HttpResponse.ok(csv)
        .contentType(CSV_TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
  }
}
