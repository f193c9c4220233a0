package io.muster.control.account;

import io.micronaut.data.model.Sort;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.crypto.TokenText;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tokens of a tenant's scripts. */
@Singleton
class ApiTokens {
  private final ApiTokenRepository tokens;
  private final ScopeText scopes;
  private final Audit audit;

  ApiTokens(ApiTokenRepository tokens, ScopeText scopes, Audit audit) {
    this.tokens = tokens;
    this.scopes = scopes;
    this.audit = audit;
  }

  Page<TokenView> list(UUID tenant, PageQuery query) {
    var page = tokens.findByTenantId(tenant, query.sorted(Sort.Order.asc("name")));
    return Page.of(page.getContent(), query, page.getTotalSize()).map(this::view);
  }

  TokenView get(UUID tenant, UUID id) {
    return view(require(tenant, id));
  }

  /** Makes a token, which is in the answer alone. */
  @Transactional
  TokenView create(
      Caller caller, String name, Role role, Scope scope, @Nullable Instant expiresAt) {
    nameIsFree(caller.tenant(), name);
    String text = TokenText.issue(ApiTokenKind.PREFIX);
    ApiToken token =
        tokens.save(
            new ApiToken(
                UUID.randomUUID(),
                caller.tenant(),
                name,
                role,
                scopes.write(scope),
                TokenText.hash(text),
                caller.who(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                expiresAt,
                null));
    audit.record(caller, "create", subject(token), "role " + role.label());
    return TokenView.of(token, scope, text);
  }

  @Transactional
  TokenView update(
      Caller caller, UUID id, String name, Role role, Scope scope, @Nullable Instant expiresAt) {
    ApiToken before = require(caller.tenant(), id);
    if (!before.name().equals(name)) {
      nameIsFree(caller.tenant(), name);
    }
    ApiToken after =
        tokens.update(
            new ApiToken(
                id,
                before.tenantId(),
                name,
                role,
                scopes.write(scope),
                before.hash(),
                before.createdBy(),
                before.createdAt(),
                expiresAt,
                before.lastUsedAt()));
    audit.record(caller, "update", subject(after), "role " + role.label());
    return view(after);
  }

  @Transactional
  void delete(Caller caller, UUID id) {
    ApiToken token = require(caller.tenant(), id);
    tokens.delete(token);
    audit.record(caller, "delete", subject(token), "");
  }

  private void nameIsFree(UUID tenant, String name) {
    if (tokens.existsByTenantIdAndName(tenant, name)) {
      throw ProblemException.conflict("exists", "There is a token '" + name + "' already.");
    }
  }

  private ApiToken require(UUID tenant, UUID id) {
    return tokens
        .findByTenantIdAndId(tenant, id)
        .orElseThrow(() -> ProblemException.notFound("token", id.toString()));
  }

  private TokenView view(ApiToken token) {
    return TokenView.of(token, scopes.read(token.scope()), null);
  }

  private static Subject subject(ApiToken token) {
    return Subject.of("token", token.id(), token.name());
  }
}
