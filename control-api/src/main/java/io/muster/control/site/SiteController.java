package io.muster.control.site;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.serde.annotation.SerdeImport;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

@Controller("/api/v1/sites")
@Tag(name = "sites")
@SerdeImport(Site.class)
final class SiteController {
  private final Sites sites;

  SiteController(Sites sites) {
    this.sites = sites;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  Page<Site> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    return Page.cut(sites.of(caller.tenant()), new PageQuery(page, size));
  }
}
