package io.muster.agent.openstack;

import java.time.Duration;

/** What is read of a cloud beside its instances, each for itself: one that fails costs its own. */
enum Part {
  ALL_PROJECTS(
      "instances of all projects",
      "os_compute_api:servers:detail:get_all_tenants",
      "only instances of the account's own project are seen",
      Period.ALWAYS),
  INSTANCE_DETAILS(
      "instances", "os_compute_api:servers:detail", "no instance is seen", Period.ALWAYS),
  HYPERVISORS(
      "hypervisors",
      "os_compute_api:os-hypervisors:list-detail",
      "hosts are unknown, or known by name and size alone",
      Period.ALWAYS),
  PLACEMENT(
      "resource providers",
      "placement:resource_providers:list",
      "hosts are unknown",
      Period.ALWAYS),
  SERVICES(
      "compute services",
      "os_compute_api:os-services:list",
      "zones and silent services of the control plane are unknown",
      Period.ALWAYS),
  UPTIMES(
      "uptimes of hosts",
      "os_compute_api:os-hypervisors:uptime",
      "the load of hosts is unknown",
      Period.ALWAYS),
  DIAGNOSTICS(
      "usage of instances",
      "os_compute_api:os-server-diagnostics",
      "what instances use is unknown, only their sizes are written",
      Period.ALWAYS),
  ACTIONS(
      "instance actions",
      "os_compute_api:os-instance-actions:list",
      "what was done to instances is unknown",
      Period.ALWAYS),
  PROJECTS(
      "projects",
      "identity:list_projects",
      "projects but the own one have ids instead of names",
      Period.NAMES),
  COMPUTE_QUOTAS(
      "quotas of Nova",
      "os_compute_api:os-quota-sets:detail",
      "quotas of instances, cores and memory are unknown",
      Period.ALWAYS),
  VOLUME_QUOTAS(
      "quotas of Cinder",
      "volume_extension:quotas:show",
      "quotas of volumes are unknown",
      Period.ALWAYS),
  NETWORK_QUOTAS("quotas of Neutron", "get_quota", "quotas of networks are unknown", Period.ALWAYS),
  POOLS(
      "storage pools",
      "scheduler_extension:scheduler_stats:get_pools",
      "storages are unknown",
      Period.POOLS),
  VOLUME_SERVICES(
      "volume services",
      "volume_extension:services:index",
      "whether a storage can be reached is unknown",
      Period.POOLS),
  VOLUMES(
      "volumes",
      "volume:get_all",
      "sizes of attached and broken volumes are unknown",
      Period.VOLUMES);

  /** How often. */
  private static final class Period {
    static final Duration ALWAYS = Duration.ZERO;

    /** Backends report that often. */
    static final Duration POOLS = Duration.ofMinutes(1);

    /** A list of all volumes of a large cloud is megabytes. */
    static final Duration VOLUMES = Duration.ofMinutes(5);

    /** Names hardly change; a project that is not known yet is asked for at once. */
    static final Duration NAMES = Duration.ofHours(1);
  }

  private final String subject;
  private final String rule;
  private final String loss;
  private final Duration period;

  Part(String subject, String rule, String loss, Duration period) {
    this.subject = subject;
    this.rule = rule;
    this.loss = loss;
    this.period = period;
  }

  String subject() {
    return subject;
  }

  /** What a policy calls it. */
  String rule() {
    return rule;
  }

  /** What is not known without it. */
  String loss() {
    return loss;
  }

  Duration period() {
    return period;
  }
}
