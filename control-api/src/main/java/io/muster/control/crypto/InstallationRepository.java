package io.muster.control.crypto;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface InstallationRepository extends GenericRepository<Installation, String> {
  Installation save(Installation entry);

  Installation update(Installation entry);

  Optional<Installation> findByName(String name);
}
