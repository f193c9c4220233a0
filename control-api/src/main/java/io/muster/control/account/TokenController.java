package io.muster.control.account;

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
import io.muster.control.caller.Scope;
import io.muster.control.caller.ScopeRequest;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.Fields;
import io.muster.protocol.ServerEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tokens for scripts. */
@Controller("/api/v1/tokens")
@Secured(Role.MAY_ADMINISTER)
@Tag(name = "tokens")
final class TokenController {
  private static final String NAME_EXPECTED =
      "1 to 63 letters, digits, blanks and . _ -, the first a letter or digit";

  /** Databases count no further than this. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final ApiTokens tokens;

  /** A token that is to be made. */
  @Serdeable
  record NewToken(
      @Schema(example = "backup-script") @Nullable String name,
      @Schema(example = "viewer") @Nullable String role,
      @Nullable ScopeRequest scope,
      @Schema(description = "Absent: never", example = "2030-01-01T00:00:00Z")
          @Nullable String expiresAt) {}

  /** What is absent stays as it is. */
  @Serdeable
  record TokenChange(
      @Schema(example = "backup-script") @Nullable String name,
      @Schema(example = "viewer") @Nullable String role,
      @Nullable ScopeRequest scope,
      @Schema(example = "2030-01-01T00:00:00Z") @Nullable String expiresAt) {}

  TokenController(ApiTokens tokens) {
    this.tokens = tokens;
  }

  @Get
  @Operation(summary = "List the tenant's API tokens, by name")
  @Answers.Reads
  Page<TokenView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    return tokens.list(caller.tenant(), new PageQuery(page, size));
  }

  @Get("/{id}")
  @Operation(summary = "Show an API token, without the token itself")
  @Answers.Reads
  TokenView get(@Parameter(hidden = true) Caller caller, UUID id) {
    return tokens.get(caller.tenant(), id);
  }

  @Post
  @Status(HttpStatus.CREATED)
  @Operation(
      summary = "Make an API token",
      description = "The token itself is in this answer and nowhere else.")
  @Answers.Changes
  TokenView create(@Parameter(hidden = true) Caller caller, @Body NewToken asked) {
    Fields fields = new Fields();
    String name = fields.text("name", asked.name(), ServerEntry.NAME, NAME_EXPECTED);
    Role role = Role.read("role", asked.role(), fields);
    Scope scope = ScopeRequest.read(asked.scope(), role, fields);
    Instant expiresAt = expiry(asked.expiresAt(), null, fields);
    fields.check();
    return tokens.create(caller, name, role, scope, expiresAt);
  }

  @Patch("/{id}")
  @Operation(summary = "Change name, role, scope or expiry of an API token")
  @Answers.Changes
  TokenView update(@Parameter(hidden = true) Caller caller, UUID id, @Body TokenChange change) {
    TokenView before = tokens.get(caller.tenant(), id);
    Fields fields = new Fields();
    String name =
        change.name() == null
            ? before.name()
            : fields.text("name", change.name(), ServerEntry.NAME, NAME_EXPECTED);
    Role role = change.role() == null ? before.role() : Role.read("role", change.role(), fields);
    Scope scope =
        change.scope() == null
            ? role == Role.ADMIN ? Scope.ALL : before.scope()
            : ScopeRequest.read(change.scope(), role, fields);
    Instant expiresAt = expiry(change.expiresAt(), before.expiresAt(), fields);
    fields.check();
    return tokens.update(caller, id, name, role, scope, expiresAt);
  }

  @Delete("/{id}")
  @Status(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revoke an API token")
  @Answers.Changes
  void delete(@Parameter(hidden = true) Caller caller, UUID id) {
    tokens.delete(caller, id);
  }

  private static @Nullable Instant expiry(
      @Nullable String text, @Nullable Instant absent, Fields fields) {
    if (text == null) {
      return absent;
    }
    try {
      Instant at = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
      if (!at.isAfter(Instant.now()) || at.isAfter(LAST)) {
        fields.wrong("expiresAt", "must be in the future, before the year 10000");
      }
      return at;
    } catch (DateTimeParseException e) {
      fields.wrong("expiresAt", "must be a time such as 2030-01-01T00:00:00Z");
      return null;
    }
  }
}
