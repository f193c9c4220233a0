package io.muster.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@OnBothDatabases
class ManagementTest {
  private final ControlRig rig;
  private final Client management;

  ManagementTest(Database database) {
    rig = ControlRig.on(database);
    management = new Client(rig.managementUrl(), null);
  }

  @Test
  void health_isUpWithItsDatabase() {
    for (String path : new String[] {"/health", "/health/liveness", "/health/readiness"}) {
      assertThat(management.get(path).status()).as(path).isEqualTo(200);
      assertThat(management.get(path).json().path("status").asText()).as(path).isEqualTo("UP");
    }
    assertThat(management.get("/health/readiness").body()).contains("jdbc");
  }

  @Test
  void prometheus_hasTheProcessAndItsRequests() {
    assertThat(rig.tenant().viewer().get("/api/v1/sites").status()).isEqualTo(200);

    assertThat(management.get("/prometheus").body())
        .contains("jvm_memory_used_bytes")
        .contains("http_server_requests_seconds");
  }

  @Test
  void apiAndManagement_haveTheirOwnPorts() {
    assertThat(management.get("/api/v1/sites").status()).isEqualTo(404);
    assertThat(rig.with(null).get("/health").status()).isEqualTo(404);
    assertThat(rig.with(null).get("/prometheus").status()).isEqualTo(404);
    assertThat(management.get("/env").status()).isEqualTo(404);
  }
}
