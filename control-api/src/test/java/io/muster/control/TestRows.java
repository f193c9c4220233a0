package io.muster.control;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.crypto.SecretBox;
import io.muster.control.site.Tenants;
import io.muster.control.site.TestSites;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Rows with sealed columns, past the API. */
@Singleton
class TestRows {
  private final JdbcOperations jdbc;
  private final SecretBox box;
  private final Tenants tenants;
  private final TestSites sites;

  TestRows(JdbcOperations jdbc, SecretBox box, Tenants tenants, TestSites sites) {
    this.jdbc = jdbc;
    this.box = box;
    this.tenants = tenants;
    this.sites = sites;
  }

  @Transactional
  void server(UUID id, String secret) {
    UUID tenant = tenants.home().id();
    UUID site = sites.site(tenant, ControlRig.name("site"));
    int _ =
        jdbc.prepareStatement(
            "INSERT INTO servers VALUES (?, ?, ?, 'pve', 'proxmox', TRUE, NULL, 'direct', '[]',"
                + " '{}', '', ?, 1, now(), now())",
            statement -> {
              statement.setObject(1, id);
              statement.setObject(2, tenant);
              statement.setObject(3, site);
              statement.setBytes(4, box.seal(id, secret.getBytes(StandardCharsets.UTF_8)));
              return statement.executeUpdate();
            });
  }

  @Transactional
  byte[] secrets(UUID id) {
    return jdbc.prepareStatement(
        "SELECT secrets FROM servers WHERE id = ?",
        statement -> {
          statement.setObject(1, id);
          var rows = statement.executeQuery();
          rows.next();
          return rows.getBytes(1);
        });
  }
}
