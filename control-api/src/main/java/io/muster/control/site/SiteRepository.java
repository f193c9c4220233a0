package io.muster.control.site;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface SiteRepository extends GenericRepository<Site, UUID> {
  Site save(Site site);

  Site update(Site site);

  void delete(Site site);

  Optional<Site> findById(UUID id);

  Optional<Site> findByTenantIdAndId(UUID tenantId, UUID id);

  Optional<Site> findByTenantIdAndName(UUID tenantId, String name);

  boolean existsByName(String name);

  boolean existsByTenantId(UUID tenantId);

  List<Site> findByTenantIdOrderByName(UUID tenantId);

  Page<Site> findByTenantId(UUID tenantId, Pageable page);

  @Query("SELECT COUNT(*) FROM servers WHERE site_id = :site")
  long countServers(UUID site);
}
