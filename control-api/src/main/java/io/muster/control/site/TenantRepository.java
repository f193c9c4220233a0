package io.muster.control.site;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.Page;
import io.micronaut.data.model.Pageable;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TenantRepository extends GenericRepository<Tenant, UUID> {
  Tenant save(Tenant tenant);

  Tenant update(Tenant tenant);

  void delete(Tenant tenant);

  Optional<Tenant> findById(UUID id);

  Optional<Tenant> findByName(String name);

  Optional<Tenant> findByHomeTrue();

  boolean existsByName(String name);

  Page<Tenant> findAll(Pageable page);
}
