package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Quota;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.HostUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What projects may have and have. */
final class Quotas {
  private static final String PATH = "/v2.1/os-quota-sets/{project}";

  /** Nova's defaults of what nothing here uses; -1 where Neutron counts instead. */
  private static final Map<String, Integer> OTHERS =
      Map.of(
          "key_pairs", 100, "metadata_items", 128, "server_group_members", 10, "server_groups", 10);

  /** In answers below 2.36 only. */
  private static final List<String> NETWORKS =
      List.of("fixed_ips", "floating_ips", "security_group_rules", "security_groups");

  /** In answers below 2.57 only. */
  private static final Map<String, Integer> FILES =
      Map.of(
          "injected_file_content_bytes",
          10_240,
          "injected_file_path_bytes",
          255,
          "injected_files",
          5);

  private final Cloud cloud;

  Quotas(Cloud cloud) {
    this.cloud = cloud;
  }

  List<Route> routes() {
    return List.of(
        Route.user("GET", "/v2.1/limits", this::limits),
        Route.user("GET", PATH, call -> quotaSet(call, false, "show")),
        Route.user("GET", PATH + "/detail", call -> quotaSet(call, true, "detail")),
        Route.user("GET", PATH + "/defaults", call -> quotaSet(call, false, "defaults")));
  }

  /** Refuses a machine that its project may not have. */
  void requireRoom(String projectId, Flavor flavor) {
    Project project = cloud.project(projectId);
    if (project == null) {
      return;
    }
    Quota quota = project.quota();
    HostUsage used = cloud.usage().ofProject(projectId);
    List<String> names = new ArrayList<>();
    List<String> requested = new ArrayList<>();
    List<String> usedText = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    record Item(String name, int wanted, int used, int limit) {}
    for (Item item :
        List.of(
            new Item("cores", flavor.vcpus(), used.vcpus(), quota.cores()),
            new Item("instances", 1, used.machines(), quota.instances()),
            new Item("ram", flavor.ramMb(), used.memoryMb(), quota.ramMb()))) {
      if (item.limit() >= 0 && item.used() + item.wanted() > item.limit()) {
        names.add(item.name());
        requested.add(String.valueOf(item.wanted()));
        usedText.add(String.valueOf(item.used()));
        limits.add(String.valueOf(item.limit()));
      }
    }
    if (!names.isEmpty()) {
      String all = String.join(", ", names);
      throw new Refusal(
          403,
          "Quota exceeded for %s: Requested %s, but already used %s of %s %s"
              .formatted(
                  all,
                  String.join(", ", requested),
                  String.join(", ", usedText),
                  String.join(", ", limits),
                  all));
    }
  }

  private Reply limits(Call call) {
    String asked = call.query("tenant_id");
    String projectId = asked == null ? call.token().project() : asked;
    if (!projectId.equals(call.token().project())) {
      call.requireAdmin("os_compute_api:limits:other_project");
    }
    Quota quota = quota(projectId);
    HostUsage used = cloud.usage().ofProject(projectId);
    ObjectNode absolute =
        Nodes.object()
            .put("maxTotalInstances", quota.instances())
            .put("maxTotalCores", quota.cores())
            .put("maxTotalRAMSize", quota.ramMb())
            .put("maxServerMeta", 128);
    if (call.microversion() < 57) {
      absolute.put("maxImageMeta", 128).put("maxPersonality", 5).put("maxPersonalitySize", 10_240);
    }
    absolute
        .put("maxTotalKeypairs", 100)
        .put("maxServerGroups", 10)
        .put("maxServerGroupMembers", 10);
    if (call.microversion() < 36) {
      absolute
          .put("maxTotalFloatingIps", -1)
          .put("maxSecurityGroups", -1)
          .put("maxSecurityGroupRules", -1)
          .put("totalFloatingIpsUsed", 0)
          .put("totalSecurityGroupsUsed", 0);
    }
    absolute
        .put("totalRAMUsed", used.memoryMb())
        .put("totalCoresUsed", used.vcpus())
        .put("totalInstancesUsed", used.machines())
        .put("totalServerGroupsUsed", 0);
    ObjectNode limits = Nodes.object();
    limits.set("rate", Nodes.array());
    limits.set("absolute", absolute);
    return Reply.ok(Nodes.object().set("limits", limits));
  }

  /** Of a project that nobody knows Nova tells its defaults. */
  private Quota quota(String projectId) {
    Project project = cloud.project(projectId);
    return project == null ? new Quota(10, 20, 51_200, 10, 1000) : project.quota();
  }

  private Reply quotaSet(Call call, boolean detailed, String policy) {
    String projectId = call.in("project");
    if (!projectId.equals(call.token().project())) {
      call.requireAdmin("os_compute_api:os-quota-sets:" + policy);
    }
    Quota quota = quota(projectId);
    HostUsage used = cloud.usage().ofProject(projectId);
    Map<String, Integer> limits = new TreeMap<>(OTHERS);
    limits.put("cores", quota.cores());
    limits.put("instances", quota.instances());
    limits.put("ram", quota.ramMb());
    if (call.microversion() < 36) {
      NETWORKS.forEach(name -> limits.put(name, -1));
    }
    if (call.microversion() < 57) {
      limits.putAll(FILES);
    }
    Map<String, Integer> inUse =
        Map.of("cores", used.vcpus(), "instances", used.machines(), "ram", used.memoryMb());
    ObjectNode set = Nodes.object().put("id", projectId);
    limits.forEach((name, limit) -> {
      if (detailed) {
        set.putObject(name)
            .put("limit", limit)
            .put("in_use", inUse.getOrDefault(name, 0))
            .put("reserved", 0);
      } else {
        set.put(name, limit);
      }
    });
    return Reply.ok(Nodes.object().set("quota_set", set));
  }
}
