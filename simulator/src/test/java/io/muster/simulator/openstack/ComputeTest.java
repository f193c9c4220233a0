package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.VmState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Nova and the others tell, in which microversion and to whom. */
class ComputeTest {
  @SuppressWarnings("NullAway.Init")
  private static SimulatedOpenStack cloud;

  @SuppressWarnings("NullAway.Init")
  private static CloudClient admin;

  @SuppressWarnings("NullAway.Init")
  private static CloudClient member;

  @BeforeAll
  static void start() throws IOException {
    cloud = SimulatedOpenStack.start(OpenStackSettings.forTests(4, 40).troubles(true).build());
    admin = CloudClient.admin(cloud);
    member = CloudClient.member(cloud);
  }

  @AfterAll
  static void stop() {
    admin.close();
    member.close();
    cloud.close();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void servers_arePagedByMarker() {
    Set<String> ids = new HashSet<>();
    String next = "/compute/v2.1/servers/detail?all_tenants=1&limit=15";
    int pages = 0;
    while (!next.isEmpty()) {
      JsonNode page = admin.get(next).json();
      page.path("servers").forEach(server -> ids.add(server.path("id").asText()));
      next = page.at("/servers_links/0/href").asText("");
      pages++;
    }

    assertThat(ids).hasSize(40);
    assertThat(pages).isEqualTo(3);
    assertThat(admin.get("/compute/v2.1/servers?marker=nobody").json().toString())
        .contains("marker [nobody] not found");
    assertThat(admin.get("/compute/v2.1/servers?limit=0").json().path("servers")).isEmpty();
  }

  @Test
  void statuses_areThoseOfALivingCloud() {
    Set<String> statuses = new TreeSet<>();
    admin
        .get("/compute/v2.1/servers/detail?all_tenants=1")
        .json()
        .path("servers")
        .forEach(server -> statuses.add(server.path("status").asText()));

    assertThat(statuses)
        .contains(
            "ACTIVE",
            "BUILD",
            "ERROR",
            "PAUSED",
            "SHELVED_OFFLOADED",
            "SHUTOFF",
            "SUSPENDED",
            "VERIFY_RESIZE");
  }

  @Test
  void laterMicroversions_tellMore() {
    JsonNode first = oneServer("2.1");
    assertThat(names(first)).doesNotContain("locked", "tags", "host_status");
    assertThat(names(first.path("flavor"))).containsExactly("id", "links");
    JsonNode last = oneServer("2.93");
    assertThat(names(last))
        .contains("locked", "locked_reason", "tags", "description", "host_status");
    assertThat(names(last.path("flavor")))
        .containsExactly(
            "disk", "ephemeral", "extra_specs", "original_name", "ram", "swap", "vcpus");
  }

  private static JsonNode oneServer(String microversion) {
    return admin
        .get("/compute/v2.1/servers/detail?all_tenants=1&limit=1", microversion)
        .json()
        .at("/servers/0");
  }

  @Test
  void microversion_isRefusedAboveTheNewest() {
    assertThat(admin.get("/compute/v2.1/servers", "2.200").json().toString())
        .isEqualTo(
            "{\"computeFault\":{\"code\":406,\"message\":\"Version 2.200 is not supported by the"
                + " API. Minimum is 2.1 and maximum is 2.93.\"}}");
    assertThat(admin.get("/compute/v2.1/servers", "abc").status()).isEqualTo(400);
    assertThat(admin.get("/compute/v2.1/servers", "latest").header("X-OpenStack-Nova-API-Version"))
        .isEqualTo("2.93");
  }

  @Test
  void member_seesHisProjectWithoutHosts() {
    List<String> projects = new ArrayList<>();
    JsonNode servers = member.get("/compute/v2.1/servers/detail", "2.73").json().path("servers");
    servers.forEach(server -> projects.add(server.path("tenant_id").asText()));

    assertThat(projects).isNotEmpty().containsOnly(cloud.world().cloud().projects().get(1).id());
    assertThat(names(servers.path(0)))
        .doesNotContain("OS-EXT-SRV-ATTR:host", "host_status")
        .contains("hostId");
  }

  @Test
  void hypervisors_loseTheirNumbersIn288() {
    JsonNode old = admin.get("/compute/v2.1/os-hypervisors/detail", "2.1").json();
    assertThat(old.path("hypervisors")).hasSize(4);
    assertThat(old.at("/hypervisors/0/id").isInt()).isTrue();
    assertThat(old.at("/hypervisors/0/cpu_info").isTextual()).isTrue();
    JsonNode middle = admin.get("/compute/v2.1/os-hypervisors/detail", "2.87").json();
    assertThat(middle.at("/hypervisors/0/id").isTextual()).isTrue();
    assertThat(middle.at("/hypervisors/0/memory_mb_used").asInt()).isGreaterThan(512);
    JsonNode late = admin.get("/compute/v2.1/os-hypervisors/detail", "2.88").json();
    assertThat(names(late.at("/hypervisors/0"))).doesNotContain("vcpus", "memory_mb", "cpu_info");
    assertThat(late.at("/hypervisors/0/uptime").asText()).contains("load average:");
    assertThat(admin.get("/compute/v2.1/os-hypervisors/statistics", "2.88").status())
        .isEqualTo(404);
    assertThat(admin.get("/compute/v2.1/os-hypervisors/3", "2.53").status()).isEqualTo(400);
  }

  @Test
  void placement_agreesWithNova() {
    JsonNode hypervisor =
        admin.get("/compute/v2.1/os-hypervisors/detail", "2.53").json().at("/hypervisors/0");
    String id = hypervisor.path("id").asText();

    JsonNode usages = admin.get("/placement/resource_providers/" + id + "/usages").json();

    assertThat(usages.at("/usages/VCPU").asInt()).isEqualTo(hypervisor.path("vcpus_used").asInt());
    assertThat(usages.at("/usages/MEMORY_MB").asInt() + 512)
        .isEqualTo(hypervisor.path("memory_mb_used").asInt());
    assertThat(
            admin
                .get("/placement/resource_providers/" + id + "/inventories")
                .json()
                .at("/inventories/VCPU/allocation_ratio")
                .asDouble())
        .isEqualTo(16.0);
  }

  @Test
  void diagnostics_countOnlyWhileAGuestRuns() {
    String running = id(VmState.ACTIVE);
    JsonNode libvirt = diagnostics(running, "2.1").json();
    JsonNode later = diagnostics(running, "2.1").json();
    assertThat(later.path("cpu0_time").asLong())
        .isGreaterThanOrEqualTo(libvirt.path("cpu0_time").asLong());
    assertThat(libvirt.path("memory-unused").asLong())
        .isLessThan(libvirt.path("memory-available").asLong());
    assertThat(names(diagnostics(running, "2.48").json()))
        .contains("cpu_details", "disk_details", "memory_details", "nic_details");
    String stopped = id(VmState.STOPPED);
    assertThat(diagnostics(stopped, "2.1").json().toString())
        .contains(
            "Cannot 'get_diagnostics' instance "
                + stopped
                + " while it is in power state"
                + " shutdown");
    assertThat(diagnostics(id(VmState.SHELVED_OFFLOADED), "2.1").status()).isEqualTo(409);
  }

  private static CloudClient.Answer diagnostics(String id, String microversion) {
    return admin.get("/compute/v2.1/servers/" + id + "/diagnostics", microversion);
  }

  private static String id(VmState vm) {
    return cloud.world().cloud().living().stream()
        .filter(machine -> machine.state().vm() == vm)
        .map(Instance::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void faultOfNoValidHost_isOnlyInTheSingleServer() {
    JsonNode broken = CloudClient.JSON.createObjectNode();
    for (JsonNode server :
        admin
            .get("/compute/v2.1/servers/detail?all_tenants=1&status=ERROR")
            .json()
            .path("servers")) {
      if (server.path("OS-EXT-SRV-ATTR:host").isNull()) {
        broken = server;
      }
    }

    assertThat(broken.has("fault")).isFalse();
    assertThat(admin.server(broken.path("id").asText()).at("/fault/message").asText())
        .isEqualTo("No valid host was found. ");
  }

  @Test
  void sameSeed_givesTheSameCloud() throws IOException {
    try (SimulatedOpenStack other =
            SimulatedOpenStack.start(OpenStackSettings.forTests(4, 40).troubles(true).build());
        CloudClient client = CloudClient.admin(other)) {
      assertThat(ids(client)).isEqualTo(ids(admin));
    }
  }

  private static Set<String> ids(CloudClient client) {
    Set<String> ids = new TreeSet<>();
    client
        .get("/compute/v2.1/servers?all_tenants=1")
        .json()
        .path("servers")
        .forEach(server -> ids.add(server.path("id").asText() + server.path("name").asText()));
    return ids;
  }

  @Test
  void otherServices_tellWhatBelongsToMachines() {
    String project = cloud.world().cloud().projects().getFirst().id();
    JsonNode volumes = admin.get("/volume/v3/" + project + "/volumes/detail?all_tenants=1").json();
    assertThat(volumes.path("volumes")).hasSize(8);
    assertThat(Set.copyOf(volumes.findValuesAsText("os-vol-tenant-attr:tenant_id"))).hasSize(4);
    assertThat(volumes.at("/volumes/0/status").asText()).isEqualTo("in-use");
    assertThat(
            admin
                .get("/volume/v3/" + project + "/scheduler-stats/get_pools?detail=true")
                .json()
                .at("/pools/0/capabilities/total_capacity_gb")
                .asInt())
        .isPositive();
    assertThat(admin.get("/image/v2/images").json().path("images")).hasSize(4);
    assertThat(admin.get("/networking/v2.0/ports").json().path("ports")).isNotEmpty();
    assertThat(
            member.get("/compute/v2.1/limits").json().at("/limits/absolute/totalCoresUsed").asInt())
        .isPositive();
  }
}
