package io.muster.control.site;

import io.micronaut.data.model.Sort;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.account.Users;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Tenants, as the installation's admins see and change them; others see their own. */
@Singleton
class TenantEditor {
  private final TenantRepository tenants;
  private final SiteRepository sites;
  private final Users users;
  private final Audit audit;

  TenantEditor(TenantRepository tenants, SiteRepository sites, Users users, Audit audit) {
    this.tenants = tenants;
    this.sites = sites;
    this.users = users;
    this.audit = audit;
  }

  Page<TenantView> list(Caller caller, PageQuery query) {
    if (!caller.administersInstallation()) {
      return Page.cut(List.of(require(caller, caller.tenant())), query)
          .map(tenant -> TenantView.of(tenant, null));
    }
    var page = tenants.findAll(query.sorted(Sort.Order.asc("name")));
    return Page.of(page.getContent(), query, page.getTotalSize())
        .map(tenant -> TenantView.of(tenant, null));
  }

  /** One of those that the caller may know of. */
  Tenant require(Caller caller, UUID id) {
    return tenants
        .findById(id)
        .filter(_ -> caller.administersInstallation() || caller.tenant().equals(id))
        .orElseThrow(() -> ProblemException.notFound("tenant", id.toString()));
  }

  @Transactional
  TenantView create(Caller caller, String name, int serverLimit, String admin) {
    administers(caller);
    nameIsFree(name);
    Tenant tenant =
        tenants.save(
            new Tenant(
                UUID.randomUUID(),
                name,
                serverLimit,
                false,
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
    audit.record(caller, "create", subject(tenant), "limit " + serverLimit + " servers");
    return TenantView.of(tenant, users.createFirst(caller, tenant.id(), admin));
  }

  @Transactional
  TenantView update(Caller caller, UUID id, String name, int serverLimit) {
    Tenant before = require(caller, id);
    administers(caller);
    if (!before.name().equals(name)) {
      nameIsFree(name);
    }
    Tenant tenant =
        tenants.update(new Tenant(id, name, serverLimit, before.home(), before.createdAt()));
    audit.record(caller, "update", subject(tenant), "limit " + serverLimit + " servers");
    return TenantView.of(tenant, null);
  }

  @Transactional
  void delete(Caller caller, UUID id) {
    Tenant tenant = require(caller, id);
    administers(caller);
    if (tenant.home()) {
      throw ProblemException.conflict(
          "home-tenant", "This tenant's admins look after the installation: it can't be deleted.");
    }
    if (sites.existsByTenantId(id)) {
      throw ProblemException.conflict(
          "not-empty", "The tenant '" + tenant.name() + "' still has sites: delete them first.");
    }
    users.deleteAll(id);
    tenants.delete(tenant);
    audit.record(caller, "delete", subject(tenant), "");
  }

  private static void administers(Caller caller) {
    if (!caller.administersInstallation()) {
      throw ProblemException.forbidden(
          "Only admins of the tenant that looks after the installation may do this.");
    }
  }

  private void nameIsFree(String name) {
    if (tenants.existsByName(name)) {
      throw ProblemException.conflict("exists", "The name '" + name + "' is taken.");
    }
  }

  private static Subject subject(Tenant tenant) {
    return Subject.of("tenant", tenant.id(), tenant.name());
  }
}
