package io.muster.agent.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of answers that we use; everything else is skipped while it streams in. */
final class Shapes {
  private Shapes() {}

  /** {@code servers/detail}; of a cell that is down only id, project and status are there. */
  record ServerShape(
      @Nullable String id,
      @Nullable String name,
      @Nullable String status,
      @JsonProperty("tenant_id") @Nullable String project,
      @Nullable String updated,
      @Nullable JsonNode image,
      @Nullable FlavorShape flavor,
      @Nullable FaultShape fault,
      @Nullable List<String> tags,
      @Nullable Boolean locked,
      @JsonProperty("OS-EXT-STS:task_state") @Nullable String task,
      @JsonProperty("OS-EXT-STS:power_state") @Nullable Integer power,
      @JsonProperty("OS-EXT-SRV-ATTR:host") @Nullable String host,
      @JsonProperty("OS-EXT-SRV-ATTR:hypervisor_hostname") @Nullable String hypervisor) {}

  /** Embedded from 2.47 on; memory in MiB, disks in GiB. */
  record FlavorShape(
      @Nullable Integer vcpus, @Nullable Long ram, @Nullable Long disk, @Nullable Long ephemeral) {}

  record FaultShape(@Nullable String created, @Nullable String message) {}

  /** {@code servers}. */
  record BriefShape(@Nullable String id) {}

  /** {@code os-hypervisors/detail}; memory in MiB. */
  record HypervisorShape(
      @Nullable String id,
      @JsonProperty("hypervisor_hostname") @Nullable String name,
      @Nullable String state,
      @Nullable String status,
      @JsonProperty("hypervisor_type") @Nullable String type,
      @JsonProperty("hypervisor_version") @Nullable Long version,
      @JsonProperty("host_ip") @Nullable String address,
      @Nullable HostService service,
      @Nullable Double vcpus,
      @JsonProperty("vcpus_used") @Nullable Double vcpusUsed,
      @JsonProperty("memory_mb") @Nullable Long memory,
      @JsonProperty("memory_mb_used") @Nullable Long memoryUsed,
      @JsonProperty("cpu_info") @Nullable JsonNode cpu) {}

  record HostService(
      @Nullable String host, @JsonProperty("disabled_reason") @Nullable String reason) {}

  /** {@code os-services} of Nova and of Cinder. */
  record ServiceShape(
      @Nullable String binary,
      @Nullable String host,
      @Nullable String zone,
      @Nullable String status,
      @Nullable String state,
      @JsonProperty("disabled_reason") @Nullable String reason,
      @JsonProperty("forced_down") @Nullable Boolean forcedDown) {}

  /** {@code resource_providers} of Placement. */
  record ResourceProvider(@Nullable String uuid, @Nullable String name) {}

  /** {@code projects} of Keystone. */
  record ProjectShape(@Nullable String id, @Nullable String name, @Nullable Boolean enabled) {}

  /** {@code volumes/detail}; size in GiB. */
  record VolumeShape(
      @Nullable String id,
      @Nullable String name,
      @Nullable String status,
      @Nullable Long size,
      @JsonProperty("created_at") @Nullable String created,
      @JsonProperty("updated_at") @Nullable String updated,
      @Nullable List<Attachment> attachments) {}

  record Attachment(@JsonProperty("server_id") @Nullable String server) {}

  /** {@code scheduler-stats/get_pools}. */
  record PoolShape(@Nullable String name, @Nullable Capabilities capabilities) {}

  /** Sizes are numbers of GiB, or the words {@code unknown} and {@code infinite}. */
  record Capabilities(
      @JsonProperty("storage_protocol") @Nullable JsonNode protocol,
      @JsonProperty("total_capacity_gb") @Nullable JsonNode total,
      @JsonProperty("free_capacity_gb") @Nullable JsonNode free,
      @Nullable String timestamp) {}

  /** {@code os-instance-actions}. */
  record ActionShape(
      @Nullable String action,
      @JsonProperty("request_id") @Nullable String request,
      @JsonProperty("user_id") @Nullable String user,
      @JsonProperty("start_time") @Nullable String start,
      @Nullable String message) {}
}
