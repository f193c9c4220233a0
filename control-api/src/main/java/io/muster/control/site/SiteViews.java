package io.muster.control.site;

import io.micronaut.data.model.Sort;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sights;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A tenant's sites as callers see them: those of a part see no more than their servers need. */
@Singleton
final class SiteViews {
  private final SiteRepository sites;
  private final Sites known;
  private final AgentTokens tokens;
  private final SiteAgents agents;
  private final Sights sights;

  SiteViews(
      SiteRepository sites, Sites known, AgentTokens tokens, SiteAgents agents, Sights sights) {
    this.sites = sites;
    this.known = known;
    this.tokens = tokens;
    this.agents = agents;
    this.sights = sights;
  }

  /** By name. */
  Page<SiteView> page(Caller caller, PageQuery query) {
    if (caller.scope().isAll()) {
      var page = sites.findByTenantId(caller.tenant(), query.sorted(Sort.Order.asc("name")));
      return Page.of(page.getContent(), query, page.getTotalSize()).map(this::whole);
    }
    Sight sight = sights.of(caller);
    List<Site> seen =
        sites.findByTenantIdOrderByName(caller.tenant()).stream()
            .filter(site -> sight.seesSite(site.id()))
            .toList();
    return Page.cut(seen, query).map(site -> part(site, sight));
  }

  /**
   * One site.
   *
   * @param reference its id, or {@code name:} and its name
   * @throws ProblemException 404, also when none of the caller's servers is there
   */
  SiteView find(Caller caller, String reference) {
    Site site = known.require(caller.tenant(), reference);
    if (caller.scope().isAll()) {
      return whole(site);
    }
    Sight sight = sights.of(caller);
    if (!sight.seesSite(site.id())) {
      throw ProblemException.notFound("site", reference);
    }
    return part(site, sight);
  }

  SiteView whole(Site site) {
    return new SiteView(
        site.id(), site.name(), site.createdAt(), sites.countServers(site.id()), agents(site));
  }

  private SiteView part(Site site, Sight sight) {
    return new SiteView(
        site.id(),
        site.name(),
        site.createdAt(),
        sight.serversOf(site.id()),
        agents(site).stream()
            .map(
                agent -> new AgentView(null, agent.connected(), agent.lastSeen(), null, null, null))
            .toList());
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
}
