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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Servers from a file and into one. */
@Controller("/api/v1/servers")
@Tag(name = "servers")
final class ImportController {
  private static final String CSV = "text/csv";

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
      @Body byte[] body) {
    return run(caller, CsvFile.read(bounded(body)), dryRun, update, trustSeen);
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
      @Part CompletedFileUpload file) {
    byte[] body = bounded(bytes(file));
    boolean json = file.getFilename().endsWith(".json");
    return run(
        caller, json ? ImportFile.json(body) : CsvFile.read(body), dryRun, update, trustSeen);
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
      @Body byte[] body) {
    return run(caller, ImportFile.json(bounded(body)), dryRun, update, trustSeen);
  }

  @Get("/import/template")
  @Produces(CSV)
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "A CSV file to fill in")
  HttpResponse<String> template() {
    return download("servers-template.csv", CsvWriter.template());
  }

  @Get("/export")
  @Produces(CSV)
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "The inventory as CSV, without secrets")
  HttpResponse<String> export(@Parameter(hidden = true) Caller caller) {
    return download("servers.csv", CsvWriter.export(export.entries(caller)));
  }

  private ImportAnswer run(
      Caller caller, ImportFile file, boolean dryRun, boolean update, boolean trustSeen) {
    return dryRun
        ? importer.preview(caller, file, update)
        : importer.apply(caller, file, update, trustSeen);
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
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
  }
}
