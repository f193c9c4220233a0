package io.muster.control.site;

import io.micronaut.data.model.Sort;
import io.micronaut.transaction.annotation.Transactional;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A tenant's sites, as its people see and change them. */
@Singleton
class SiteEditor {
  private final SiteRepository sites;
  private final AgentTokens tokens;
  private final SiteAgents agents;
  private final Audit audit;

  SiteEditor(SiteRepository sites, AgentTokens tokens, SiteAgents agents, Audit audit) {
    this.sites = sites;
    this.tokens = tokens;
    this.agents = agents;
    this.audit = audit;
  }

  Page<SiteView> list(UUID tenant, PageQuery query) {
    var page = sites.findByTenantId(tenant, query.sorted(Sort.Order.asc("name")));
    return Page.of(page.getContent(), query, page.getTotalSize()).map(this::view);
  }

  SiteView view(Site site) {
    return new SiteView(
        site.id(), site.name(), site.createdAt(), sites.countServers(site.id()), agents(site));
  }

  @Transactional
  SiteView create(Caller caller, String name) {
    nameIsFree(name);
    Site site =
        sites.save(
            new Site(
                UUID.randomUUID(),
                caller.tenant(),
                name,
                Instant.now().truncatedTo(ChronoUnit.MICROS)));
    audit.record(caller, "create", subject(site), "");
    return view(site);
  }

  @Transactional
  SiteView rename(Caller caller, Site before, String name) {
    if (before.name().equals(name)) {
      return view(before);
    }
    nameIsFree(name);
    Site site = sites.update(new Site(before.id(), before.tenantId(), name, before.createdAt()));
    audit.record(caller, "update", subject(site), "renamed from " + before.name());
    return view(site);
  }

  @Transactional
  void delete(Caller caller, Site site) {
    long servers = sites.countServers(site.id());
    if (servers > 0) {
      throw ProblemException.conflict(
          "not-empty",
          "The site '%s' still has %d servers: delete or move them first."
              .formatted(site.name(), servers));
    }
    sites.delete(site);
    audit.record(caller, "delete", subject(site), "");
  }

  private List<AgentView> agents(Site site) {
    Optional<AgentView> connected = agents.of(site.id());
    if (connected.isPresent()) {
      return List.of(connected.get());
    }
    return tokens.of(site).stream()
        .map(AgentToken::lastUsedAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .map(lastSeen -> new AgentView(null, false, lastSeen, null, null, null))
        .stream()
        .toList();
  }

  private void nameIsFree(String name) {
    if (sites.existsByName(name)) {
      // Rows stand on the name, in the same tables for all tenants.
      throw ProblemException.conflict("exists", "The name '" + name + "' is taken.");
    }
  }

  private static Subject subject(Site site) {
    return Subject.of("site", site.id(), site.name());
  }
}
