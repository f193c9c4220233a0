package io.muster.control.site;

import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes, changes and deletes a tenant's sites. */
@Singleton
class SiteEditor {
  private final SiteRepository sites;
  private final SiteViews views;
  private final Audit audit;

  SiteEditor(SiteRepository sites, SiteViews views, Audit audit) {
    this.sites = sites;
    this.views = views;
    this.audit = audit;
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
    return views.whole(site);
  }

  @Transactional
  SiteView rename(Caller caller, Site before, String name) {
    if (before.name().equals(name)) {
      return views.whole(before);
    }
    nameIsFree(name);
    Site site = sites.update(new Site(before.id(), before.tenantId(), name, before.createdAt()));
    audit.record(caller, "update", subject(site), "renamed from " + before.name());
    return views.whole(site);
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
