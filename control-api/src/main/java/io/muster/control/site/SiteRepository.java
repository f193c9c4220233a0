package io.muster.control.site;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SiteRepository extends GenericRepository<Site, UUID> {
  Site save(Site site);

  Optional<Site> findById(UUID id);

  Optional<Site> findByTenantIdAndId(UUID tenantId, UUID id);

  Optional<Site> findByTenantIdAndName(UUID tenantId, String name);

  List<Site> findByTenantIdOrderByName(UUID tenantId);
}
