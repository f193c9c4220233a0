package io.muster.control.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AuditRetentionTest {
  private final ControlRig rig;
  private final ControlRig.TestTenant tenant;

  AuditRetentionTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
  }

  @Test
  void entriesOlderThan400Days_areForgotten_youngerOnesStay() {
    Instant now = Instant.parse("2027-03-01T12:30:00Z");
    keep("old", now.minus(Duration.ofDays(400)).minusSeconds(1));
    keep("young", now.minus(Duration.ofDays(400)));

    rig.bean(AuditRetention.class).forgetOld(now);

    var entries = tenant.admin().get("/api/v1/audit").json();
    assertThat(entries.path("items").findValuesAsText("verb")).containsExactly("young");
    assertThat(entries.path("total").asInt()).isEqualTo(1);
  }

  private void keep(String verb, Instant at) {
    rig.bean(AuditRepository.class)
        .save(
            new AuditEntry(
                UUID.randomUUID(), tenant.id(), at, "ada", "admin", "", verb, "x", "y", "z", ""));
  }
}
