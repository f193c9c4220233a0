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
import io.muster.control.account.Users;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Companies or departments that share an installation and nothing else. */
@Controller("/api/v1/tenants")
@Secured(Role.MAY_ADMINISTER)
@Tag(name = "tenants")
final class TenantController {
  /** One control API is made for some thousand servers. */
  private static final int MAX_SERVER_LIMIT = 10_000;

  private final TenantEditor editor;

  /** A tenant that is to be made, and its first admin's user name. */
  @Serdeable
  record NewTenant(
      @Schema(example = "customer-a") @Nullable String name,
      @Schema(example = "50") @Nullable Integer serverLimit,
      @Schema(example = "admin@customer-a") @Nullable String admin) {}

  /** What is absent stays as it is. */
  @Serdeable
  record TenantChange(
      @Schema(example = "customer-a") @Nullable String name,
      @Schema(example = "100") @Nullable Integer serverLimit) {}

  TenantController(TenantEditor editor) {
    this.editor = editor;
  }

  @Get
  @Operation(summary = "List the tenants: all for admins of the installation, else one's own")
  @Answers.Reads
  Page<TenantView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    return editor.list(caller, new PageQuery(page, size));
  }

  @Get("/{id}")
  @Operation(summary = "Show a tenant")
  @Answers.Reads
  TenantView get(@Parameter(hidden = true) Caller caller, UUID id) {
    return TenantView.of(editor.require(caller, id), null);
  }

  @Post
  @Status(HttpStatus.CREATED)
  @Operation(
      summary = "Make a tenant with its first admin",
      description =
          "For admins of the installation. The admin's one-time password is in this answer alone.")
  @Answers.Changes
  TenantView create(@Parameter(hidden = true) Caller caller, @Body NewTenant asked) {
    Fields fields = new Fields();
    String name = Names.read(asked.name(), fields);
    String admin = Users.readUsername("admin", asked.admin(), fields);
    int limit = limit(asked.serverLimit(), Tenants.DEFAULT_SERVER_LIMIT, fields);
    fields.check();
    return editor.create(caller, name, limit, admin);
  }

  @Patch("/{id}")
  @Operation(
      summary = "Change a tenant's name or limit of servers",
      description = "For admins of the installation.")
  @Answers.Changes
  TenantView update(@Parameter(hidden = true) Caller caller, UUID id, @Body TenantChange change) {
    Tenant before = editor.require(caller, id);
    Fields fields = new Fields();
    String name = change.name() == null ? before.name() : Names.read(change.name(), fields);
    int limit = limit(change.serverLimit(), before.serverLimit(), fields);
    fields.check();
    return editor.update(caller, id, name, limit);
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete a tenant without sites, with its accounts and tokens",
      description = "For admins of the installation.")
  @Answers.Changes
  void delete(@Parameter(hidden = true) Caller caller, UUID id) {
    editor.delete(caller, id);
  }

  private static int limit(@Nullable Integer asked, int absent, Fields fields) {
    if (asked == null) {
      return absent;
    }
    if (asked < 0 || asked > MAX_SERVER_LIMIT) {
      fields.wrong("serverLimit", "must be from 0 to " + MAX_SERVER_LIMIT);
    }
    return asked;
  }
}
