-- Muster's tables. Columns are only ever added, never renamed or dropped: dashboards, alert rules and users' own SQL stand on them.
-- Samples (*_metrics) have the platform's time, states (*_states) the time we saw them; an upsert replaces the whole row, so they are apart.
-- ts is UTC in microseconds. Units are in the names, ratios are 0-1, unknown is null. Lists read ';a;b;', an empty list ''.
-- Every time to live, and each hourly view's refresh limit, is set again from the configuration whenever this file is applied.

-- One row per attempt to read a server, the failed one too.
CREATE TABLE IF NOT EXISTS connection_metrics (
  ts TIMESTAMP, -- the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  agent SYMBOL, -- UUID of the agent that tried
  success BOOLEAN, -- the attempt read the server
  response_time_ms DOUBLE, -- null: nothing answered
  api_calls INT, -- calls to the platform in this attempt
  rows_read INT, -- states, samples and events that came of it
  failure SYMBOL, -- UNREACHABLE | TLS | UNAUTHORIZED | FORBIDDEN | OVERLOADED | UNEXPECTED_ANSWER | DEADLINE_EXCEEDED | BUG; null = success
  error_message VARCHAR, -- what was being done and what was wrong; null = success
  breaker SYMBOL, -- closed | half-open | open
  timeout_ms LONG, -- learned time-out in force
  interval_ms LONG, -- time between two polls
  route SYMBOL, -- direct, or the server's label such as tailscale
  nodes_online INT, -- nodes that answer
  nodes_total INT, -- nodes that the server lists
  clock_skew_ms LONG -- the worst node's clock minus the agent's; null when no time was seen
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, agent);

-- What a server of the inventory is: on every change, and as a heart-beat every 60 s or interval, whichever is longer.
CREATE TABLE IF NOT EXISTS server_states (
  ts TIMESTAMP, -- the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  state SYMBOL, -- active | disabled | removed | maintenance
  until TIMESTAMP, -- end of the maintenance; null = none
  interval_ms LONG, -- time between two polls
  version SYMBOL, -- the platform's release, such as 9.2.11
  endpoint SYMBOL, -- URL that the last answer came from
  token_expires_at TIMESTAMP, -- null = never, or not known
  certificate_expires_at TIMESTAMP, -- null = not known
  certificate_sha256 SYMBOL, -- fingerprint, upper-case pairs with colons
  missing_privileges VARCHAR, -- list such as ';Sys.Audit on /;'; '' = none, null = not asked yet
  duplicate_of SYMBOL, -- name of the server entry that is the same cluster
  tags VARCHAR -- list
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id);

-- The cluster as a whole.
CREATE TABLE IF NOT EXISTS cluster_metrics (
  ts TIMESTAMP, -- the platform's time, else the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  cluster SYMBOL, -- what the platform calls itself
  quorate INT, -- 1 = has quorum, 0 = has not
  nodes_expected INT, -- nodes that belong to it
  nodes_online INT, -- nodes that answer
  ha_errors INT, -- highly available services in state error
  ceph_health SYMBOL, -- HEALTH_OK | HEALTH_WARN | HEALTH_ERR; null = no Ceph
  updates_pending INT -- packages waiting, over all nodes
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, cluster);

-- A node's numbers. Rows with only pressure and ARC come from a slower source and stand beside the others.
CREATE TABLE IF NOT EXISTS node_metrics (
  ts TIMESTAMP, -- the platform's time, else the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  node SYMBOL, -- hypervisor or Kubernetes node
  sample_seconds INT, -- length of the interval that ends at ts
  cpu_usage_ratio DOUBLE, -- 0-1 of all cores
  cpu_cores DOUBLE, -- cores; a fraction where the platform gives one
  load1 DOUBLE, -- load average of 1 minute
  load5 DOUBLE, -- of 5 minutes
  load15 DOUBLE, -- of 15 minutes
  iowait_ratio DOUBLE, -- 0-1
  memory_used_bytes LONG, -- bytes
  memory_total_bytes LONG, -- bytes
  swap_used_bytes LONG, -- bytes
  swap_total_bytes LONG, -- bytes
  disk_used_bytes LONG, -- of the root file system
  disk_total_bytes LONG, -- of the root file system
  network_receive_bytes_per_second DOUBLE, -- bytes per second
  network_transmit_bytes_per_second DOUBLE, -- bytes per second
  pressure_cpu_ratio DOUBLE, -- 0-1, PSI some
  pressure_memory_ratio DOUBLE, -- 0-1, PSI some
  pressure_io_ratio DOUBLE, -- 0-1, PSI some
  zfs_arc_bytes LONG, -- size of the ZFS cache, a part of memory_used_bytes
  uptime_seconds LONG, -- seconds since start
  vcpus_allocated DOUBLE, -- OpenStack: virtual cores promised
  memory_allocated_bytes LONG -- OpenStack: memory promised
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, node);

-- What a node is: on every change, and as a heart-beat.
CREATE TABLE IF NOT EXISTS node_states (
  ts TIMESTAMP, -- the tick, or the moment of observation
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  node SYMBOL, -- hypervisor or Kubernetes node
  cluster SYMBOL, -- what the platform calls itself
  status SYMBOL, -- online | offline | unknown | ready | not-ready | maintenance | removed
  status_detail VARCHAR, -- the platform's own word
  conditions VARCHAR, -- list of the bad ones
  vms_running INT, -- VMs that run on it
  vms_total INT, -- VMs that are on it
  version SYMBOL, -- the platform's release on it
  kernel SYMBOL, -- kernel release
  cpu_model SYMBOL, -- processor
  addresses VARCHAR, -- list
  roles VARCHAR, -- list
  labels VARCHAR, -- list
  maintenance_until TIMESTAMP -- end of a maintenance that people set, in which status is maintenance; null = none
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, node);

-- A VM's numbers (a workload: qemu, lxc, pod, deployment, instance). The index is for questions about one of thousands; its blocks are small
-- because each VM of a day, also a pod of minutes, takes whole ones.
CREATE TABLE IF NOT EXISTS vm_metrics (
  ts TIMESTAMP, -- the platform's time, else the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  vm_id SYMBOL INDEX CAPACITY 64, -- stable in its server: qemu:101, pod:<namespace>:<name>, instance:<uuid>
  sample_seconds INT, -- length of the interval that ends at ts
  cpu_usage_ratio DOUBLE, -- 0-1 of its own allotment
  cpu_cores DOUBLE, -- its allotment
  memory_used_bytes LONG, -- by memory_source
  memory_total_bytes LONG, -- its allotment
  memory_source SYMBOL, -- host | balloon | cgroup | guest-agent | metrics-server | kubelet | diagnostics | requests
  host_memory_bytes LONG, -- what the host spends on it
  disk_used_bytes LONG, -- bytes
  disk_total_bytes LONG, -- bytes
  disk_read_bytes_per_second DOUBLE, -- bytes per second
  disk_write_bytes_per_second DOUBLE, -- bytes per second
  network_receive_bytes_per_second DOUBLE, -- bytes per second, the guest's view
  network_transmit_bytes_per_second DOUBLE, -- bytes per second, the guest's view
  uptime_seconds LONG -- seconds since start
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, vm_id);

-- What a VM is: on every change, and as a heart-beat.
CREATE TABLE IF NOT EXISTS vm_states (
  ts TIMESTAMP, -- the tick, or the moment of observation
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  vm_id SYMBOL, -- as in vm_metrics
  cluster SYMBOL, -- what the platform calls itself
  node SYMBOL, -- where it is
  vm VARCHAR, -- its name
  vm_group SYMBOL, -- Proxmox pool, Kubernetes namespace, OpenStack project
  type SYMBOL, -- qemu | lxc | pod | deployment | instance
  status SYMBOL, -- running | stopped | paused | suspended | pending | failed | succeeded | unknown | removed
  status_detail VARCHAR, -- the platform's own word: CrashLoopBackOff, SHUTOFF, prelaunch
  locked_by SYMBOL, -- backup, snapshot, migrate; null = free
  tags VARCHAR, -- list
  template SYMBOL, -- yes | no
  restarts INT, -- restarts of its containers
  replicas_ready INT, -- of a deployment
  replicas_desired INT, -- of a deployment
  last_backup_at TIMESTAMP -- end of the newest backup that is known
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, vm_id);

-- A storage's numbers.
CREATE TABLE IF NOT EXISTS storage_metrics (
  ts TIMESTAMP, -- the platform's time, else the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  node SYMBOL, -- null when shared: one row for all nodes
  storage SYMBOL, -- its name
  kind SYMBOL, -- the platform's type, such as zfspool
  status SYMBOL, -- available | unavailable | unknown
  used_bytes LONG, -- bytes
  total_bytes LONG -- bytes
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, node, storage);

-- A project's quota of one resource.
CREATE TABLE IF NOT EXISTS quota_metrics (
  ts TIMESTAMP, -- the platform's time, else the tick
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  project SYMBOL, -- OpenStack project, Kubernetes namespace
  resource SYMBOL, -- what is limited
  used LONG, -- in the resource's unit
  limit_value LONG -- null = unlimited
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, project, resource);

-- What happened. A later state of the same event replaces its row.
CREATE TABLE IF NOT EXISTS events (
  ts TIMESTAMP, -- start, or first seen
  site SYMBOL, -- where the agent runs
  provider SYMBOL, -- proxmox | kubernetes | openstack
  server_id SYMBOL, -- the server's UUID: group and filter by this
  server SYMBOL, -- its name at that time, for people
  event_id VARCHAR, -- stable in its server
  cluster SYMBOL, -- what the platform calls itself
  node SYMBOL, -- where it happened
  vm_id VARCHAR, -- whom it happened to, as in vm_states
  source SYMBOL, -- task | log | kubernetes | instance-action | muster
  type SYMBOL, -- the platform's own word, such as qmstart
  user VARCHAR, -- who caused it
  severity SYMBOL, -- info | warning | error
  state SYMBOL, -- running | ok | warning | failed
  count INT, -- how often, where the platform counts
  message VARCHAR, -- text for people
  ended_at TIMESTAMP -- null = still running, or not known
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, server_id, event_id);

-- An agent's own health. Counters count since the agent started.
CREATE TABLE IF NOT EXISTS agent_metrics (
  ts TIMESTAMP, -- the moment that was measured
  site SYMBOL, -- where the agent runs
  agent SYMBOL, -- UUID, kept in its data folder
  version SYMBOL, -- the agent's release
  servers INT, -- servers in its inventory
  rows_written LONG, -- rows that QuestDB acknowledged
  rows_dropped LONG, -- rows lost: no room in buffer or spool, or damaged on disk
  rows_quarantined LONG, -- rows that QuestDB refused
  rows_spooled LONG, -- rows that went to disk
  spool_bytes LONG, -- size of what waits on disk
  poll_lag_ms DOUBLE, -- how late polls start after their tick
  write_lag_ms DOUBLE, -- age of the oldest row that is not acknowledged; 0 = none waits
  heap_used_bytes LONG, -- bytes
  process_cpu_ratio DOUBLE -- 0-1 of the whole machine
) TIMESTAMP(ts) PARTITION BY DAY TTL 7 DAYS WAL
DEDUP UPSERT KEYS(ts, site, agent);

-- What alert rules compare with; the newest row of a rule, server and tag counts. Settings: never expire. With limit_value and enabled both
-- null a row takes back what was set for this server and tag.
CREATE TABLE IF NOT EXISTS alert_thresholds (
  ts TIMESTAMP, -- when it was set
  rule SYMBOL, -- name of the alert rule
  server_id SYMBOL, -- only this server; null = every
  tag SYMBOL, -- only servers or VMs with this tag; null = every
  limit_value DOUBLE, -- in the unit of the rule
  enabled INT -- 1 = yes, 0 = no
) TIMESTAMP(ts) PARTITION BY DAY WAL
DEDUP UPSERT KEYS(ts, rule, server_id, tag);

-- Now: the newest state joined with the newest sample, without what is removed and without what a disabled or removed server had.
-- Nothing older than 3 heart-beats is now; a heart-beat is 60 s, or the server's interval if that is longer. The outer bound, which makes
-- QuestDB read a few minutes only, is that of the slowest server of the last day; the inner one is the server's own.
CREATE OR REPLACE VIEW vm_now AS (
  SELECT s.ts, s.site, s.provider, s.server_id, s.server, s.vm_id, s.cluster, s.node, s.vm, s.vm_group, s.type, s.status, s.status_detail,
    s.locked_by, s.tags, s.template, s.restarts, s.replicas_ready, s.replicas_desired, s.last_backup_at,
    m.ts AS sample_ts, m.sample_seconds, m.cpu_usage_ratio, m.cpu_cores, m.memory_used_bytes, m.memory_total_bytes, m.memory_source,
    m.host_memory_bytes, m.disk_used_bytes, m.disk_total_bytes, m.disk_read_bytes_per_second, m.disk_write_bytes_per_second,
    m.network_receive_bytes_per_second, m.network_transmit_bytes_per_second, m.uptime_seconds
  FROM (
    SELECT * FROM vm_states
    WHERE ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
    LATEST ON ts PARTITION BY server_id, vm_id) s
  LEFT JOIN (
    SELECT server_id, state, -3 * cast(greatest(60, coalesce(interval_ms, 0) / 1000) AS INT) AS bound_seconds FROM server_states
    WHERE ts > dateadd('d', -1, now()) LATEST ON ts PARTITION BY server_id) v ON v.server_id = s.server_id
  LEFT JOIN (
    SELECT l.* FROM (
      SELECT * FROM vm_metrics
      WHERE ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
      LATEST ON ts PARTITION BY server_id, vm_id) l
    LEFT JOIN (
      SELECT server_id, -3 * cast(greatest(60, coalesce(interval_ms, 0) / 1000) AS INT) AS bound_seconds FROM server_states
      WHERE ts > dateadd('d', -1, now()) LATEST ON ts PARTITION BY server_id) w ON w.server_id = l.server_id
    WHERE l.ts > dateadd('s', coalesce(w.bound_seconds, -180), now())) m ON m.server_id = s.server_id AND m.vm_id = s.vm_id
  WHERE s.status != 'removed' AND (v.state IS NULL OR v.state IN ('active', 'maintenance'))
    AND s.ts > dateadd('s', coalesce(v.bound_seconds, -180), now())
);

-- As vm_now. Pressure and ARC come from rows of their own, which arrive later and less often: their newest values of 10 minutes.
CREATE OR REPLACE VIEW node_now AS (
  SELECT s.ts, s.site, s.provider, s.server_id, s.server, s.node, s.cluster, s.status, s.status_detail, s.conditions, s.vms_running, s.vms_total,
    s.version, s.kernel, s.cpu_model, s.addresses, s.roles, s.labels, s.maintenance_until,
    m.ts AS sample_ts, m.sample_seconds, m.cpu_usage_ratio, m.cpu_cores, m.load1, m.load5, m.load15, m.iowait_ratio, m.memory_used_bytes,
    m.memory_total_bytes, m.swap_used_bytes, m.swap_total_bytes, m.disk_used_bytes, m.disk_total_bytes, m.network_receive_bytes_per_second,
    m.network_transmit_bytes_per_second, p.ts AS pressure_ts, p.pressure_cpu_ratio, p.pressure_memory_ratio, p.pressure_io_ratio,
    p.zfs_arc_bytes, m.uptime_seconds, m.vcpus_allocated, m.memory_allocated_bytes
  FROM (
    SELECT * FROM node_states
    WHERE ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
    LATEST ON ts PARTITION BY server_id, node) s
  LEFT JOIN (
    SELECT server_id, state, -3 * cast(greatest(60, coalesce(interval_ms, 0) / 1000) AS INT) AS bound_seconds FROM server_states
    WHERE ts > dateadd('d', -1, now()) LATEST ON ts PARTITION BY server_id) v ON v.server_id = s.server_id
  LEFT JOIN (
    SELECT l.* FROM (
      SELECT * FROM node_metrics
      WHERE ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
        AND (cpu_usage_ratio IS NOT NULL OR memory_used_bytes IS NOT NULL OR load1 IS NOT NULL OR vcpus_allocated IS NOT NULL OR memory_allocated_bytes IS NOT NULL)
      LATEST ON ts PARTITION BY server_id, node) l
    LEFT JOIN (
      SELECT server_id, -3 * cast(greatest(60, coalesce(interval_ms, 0) / 1000) AS INT) AS bound_seconds FROM server_states
      WHERE ts > dateadd('d', -1, now()) LATEST ON ts PARTITION BY server_id) w ON w.server_id = l.server_id
    WHERE l.ts > dateadd('s', coalesce(w.bound_seconds, -180), now())) m ON m.server_id = s.server_id AND m.node = s.node
  LEFT JOIN (
    SELECT server_id, node, ts, pressure_cpu_ratio, pressure_memory_ratio, pressure_io_ratio, zfs_arc_bytes FROM node_metrics
    WHERE ts > dateadd('m', -10, now())
      AND (pressure_cpu_ratio IS NOT NULL OR pressure_memory_ratio IS NOT NULL OR pressure_io_ratio IS NOT NULL OR zfs_arc_bytes IS NOT NULL)
    LATEST ON ts PARTITION BY server_id, node) p ON p.server_id = s.server_id AND p.node = s.node
  WHERE s.status != 'removed' AND (v.state IS NULL OR v.state IN ('active', 'maintenance'))
    AND s.ts > dateadd('s', coalesce(v.bound_seconds, -180), now())
);

-- Servers that are not removed, with their last attempt (of the last hour: an open breaker tries less often).
-- status: up = the last attempt read it, down = it did not, unknown = no attempt yet; disabled and maintenance as in state.
CREATE OR REPLACE VIEW server_now AS (
  SELECT s.ts, s.site, s.provider, s.server_id, s.server,
    CASE WHEN s.state != 'active' THEN s.state WHEN c.ts IS NULL THEN 'unknown' WHEN c.success THEN 'up' ELSE 'down' END AS status,
    s.state, s.until, s.interval_ms, s.version, s.endpoint, s.token_expires_at, s.certificate_expires_at, s.certificate_sha256,
    s.missing_privileges, s.duplicate_of, s.tags,
    c.ts AS attempt_ts, datediff('s', c.ts, now()) AS age_seconds, c.agent, c.response_time_ms, c.api_calls, c.rows_read, c.failure, c.error_message,
    c.breaker, c.timeout_ms, c.route, c.nodes_online, c.nodes_total, c.clock_skew_ms
  FROM (
    SELECT * FROM server_states WHERE ts > dateadd('d', -1, now()) LATEST ON ts PARTITION BY server_id) s
  LEFT JOIN (
    SELECT * FROM connection_metrics WHERE ts > dateadd('h', -1, now()) LATEST ON ts PARTITION BY server_id) c ON c.server_id = s.server_id
  WHERE s.state != 'removed' AND s.ts > dateadd('s', -3 * cast(greatest(60, coalesce(s.interval_ms, 0) / 1000) AS INT), now())
);

-- By the hour, kept longer: sums and counts, so that they can be added up. x_seconds = seconds in which x was known,
-- x_sum of a ratio or of bytes = the sum of value times seconds: sum(x_sum) / sum(x_seconds) is the mean. Columns without _per_second are bytes.
CREATE MATERIALIZED VIEW IF NOT EXISTS connection_hourly WITH BASE connection_metrics REFRESH EVERY 1m AS (
  SELECT ts, site, provider, server_id, last(server) AS server,
    count() AS attempts,
    sum(CASE WHEN success THEN 1 ELSE 0 END) AS successes,
    count(response_time_ms) AS responses,
    sum(response_time_ms) AS response_time_ms_sum,
    max(response_time_ms) AS response_time_ms_max,
    sum(api_calls) AS api_calls_sum,
    sum(rows_read) AS rows_read_sum
  FROM connection_metrics SAMPLE BY 1h
) PARTITION BY DAY TTL 730 DAYS;

CREATE MATERIALIZED VIEW IF NOT EXISTS node_hourly WITH BASE node_metrics REFRESH EVERY 1m AS (
  SELECT ts, site, provider, server_id, last(server) AS server, node,
    sum(CASE WHEN cpu_usage_ratio IS NOT NULL OR memory_used_bytes IS NOT NULL THEN 1 ELSE 0 END) AS samples,
    sum(CASE WHEN cpu_usage_ratio IS NOT NULL OR memory_used_bytes IS NOT NULL THEN sample_seconds END) AS samples_seconds,
    sum(CASE WHEN cpu_usage_ratio IS NOT NULL THEN sample_seconds END) AS cpu_seconds,
    sum(cpu_usage_ratio * sample_seconds) AS cpu_usage_ratio_sum,
    max(cpu_usage_ratio) AS cpu_usage_ratio_max,
    sum(CASE WHEN load1 IS NOT NULL THEN sample_seconds END) AS load1_seconds,
    sum(load1 * sample_seconds) AS load1_sum,
    max(load1) AS load1_max,
    sum(CASE WHEN iowait_ratio IS NOT NULL THEN sample_seconds END) AS iowait_seconds,
    sum(iowait_ratio * sample_seconds) AS iowait_ratio_sum,
    max(iowait_ratio) AS iowait_ratio_max,
    sum(CASE WHEN memory_used_bytes IS NOT NULL THEN sample_seconds END) AS memory_seconds,
    sum(cast(memory_used_bytes AS DOUBLE) * sample_seconds) AS memory_used_bytes_sum,
    max(memory_used_bytes) AS memory_used_bytes_max,
    sum(CASE WHEN memory_used_bytes IS NOT NULL THEN cast(memory_total_bytes AS DOUBLE) * sample_seconds END) AS memory_total_bytes_sum,
    sum(CASE WHEN zfs_arc_bytes IS NOT NULL THEN sample_seconds END) AS zfs_arc_seconds,
    sum(cast(zfs_arc_bytes AS DOUBLE) * sample_seconds) AS zfs_arc_bytes_sum,
    sum(CASE WHEN swap_used_bytes IS NOT NULL THEN sample_seconds END) AS swap_seconds,
    sum(cast(swap_used_bytes AS DOUBLE) * sample_seconds) AS swap_used_bytes_sum,
    max(swap_used_bytes) AS swap_used_bytes_max,
    sum(CASE WHEN disk_used_bytes IS NOT NULL THEN sample_seconds END) AS disk_seconds,
    sum(cast(disk_used_bytes AS DOUBLE) * sample_seconds) AS disk_used_bytes_sum,
    max(disk_used_bytes) AS disk_used_bytes_max,
    sum(CASE WHEN disk_used_bytes IS NOT NULL THEN cast(disk_total_bytes AS DOUBLE) * sample_seconds END) AS disk_total_bytes_sum,
    sum(CASE WHEN network_receive_bytes_per_second IS NOT NULL THEN sample_seconds END) AS network_seconds,
    sum(network_receive_bytes_per_second * sample_seconds) AS network_receive_bytes_sum,
    max(network_receive_bytes_per_second) AS network_receive_bytes_per_second_max,
    sum(network_transmit_bytes_per_second * sample_seconds) AS network_transmit_bytes_sum,
    max(network_transmit_bytes_per_second) AS network_transmit_bytes_per_second_max,
    sum(CASE WHEN pressure_cpu_ratio IS NOT NULL THEN sample_seconds END) AS pressure_seconds,
    sum(pressure_cpu_ratio * sample_seconds) AS pressure_cpu_ratio_sum,
    max(pressure_cpu_ratio) AS pressure_cpu_ratio_max,
    sum(pressure_memory_ratio * sample_seconds) AS pressure_memory_ratio_sum,
    max(pressure_memory_ratio) AS pressure_memory_ratio_max,
    sum(pressure_io_ratio * sample_seconds) AS pressure_io_ratio_sum,
    max(pressure_io_ratio) AS pressure_io_ratio_max
  FROM node_metrics SAMPLE BY 1h
) PARTITION BY DAY TTL 730 DAYS;

CREATE MATERIALIZED VIEW IF NOT EXISTS vm_hourly WITH BASE vm_metrics REFRESH EVERY 1m AS (
  SELECT ts, site, provider, server_id, last(server) AS server, vm_id,
    count() AS samples,
    sum(sample_seconds) AS samples_seconds,
    sum(CASE WHEN cpu_usage_ratio IS NOT NULL THEN sample_seconds END) AS cpu_seconds,
    sum(cpu_usage_ratio * sample_seconds) AS cpu_usage_ratio_sum,
    max(cpu_usage_ratio) AS cpu_usage_ratio_max,
    sum(CASE WHEN memory_used_bytes IS NOT NULL THEN sample_seconds END) AS memory_seconds,
    sum(cast(memory_used_bytes AS DOUBLE) * sample_seconds) AS memory_used_bytes_sum,
    max(memory_used_bytes) AS memory_used_bytes_max,
    sum(CASE WHEN memory_used_bytes IS NOT NULL THEN cast(memory_total_bytes AS DOUBLE) * sample_seconds END) AS memory_total_bytes_sum,
    sum(CASE WHEN disk_used_bytes IS NOT NULL THEN sample_seconds END) AS disk_seconds,
    sum(cast(disk_used_bytes AS DOUBLE) * sample_seconds) AS disk_used_bytes_sum,
    max(disk_used_bytes) AS disk_used_bytes_max,
    sum(CASE WHEN disk_used_bytes IS NOT NULL THEN cast(disk_total_bytes AS DOUBLE) * sample_seconds END) AS disk_total_bytes_sum,
    sum(CASE WHEN disk_read_bytes_per_second IS NOT NULL THEN sample_seconds END) AS disk_io_seconds,
    sum(disk_read_bytes_per_second * sample_seconds) AS disk_read_bytes_sum,
    max(disk_read_bytes_per_second) AS disk_read_bytes_per_second_max,
    sum(disk_write_bytes_per_second * sample_seconds) AS disk_write_bytes_sum,
    max(disk_write_bytes_per_second) AS disk_write_bytes_per_second_max,
    sum(CASE WHEN network_receive_bytes_per_second IS NOT NULL THEN sample_seconds END) AS network_seconds,
    sum(network_receive_bytes_per_second * sample_seconds) AS network_receive_bytes_sum,
    max(network_receive_bytes_per_second) AS network_receive_bytes_per_second_max,
    sum(network_transmit_bytes_per_second * sample_seconds) AS network_transmit_bytes_sum,
    max(network_transmit_bytes_per_second) AS network_transmit_bytes_per_second_max
  FROM vm_metrics SAMPLE BY 1h
) PARTITION BY DAY TTL 730 DAYS;

CREATE MATERIALIZED VIEW IF NOT EXISTS storage_hourly WITH BASE storage_metrics REFRESH EVERY 1m AS (
  SELECT ts, site, provider, server_id, last(server) AS server, node, storage,
    count() AS samples,
    sum(CASE WHEN status = 'available' THEN 1 ELSE 0 END) AS samples_available,
    count(used_bytes) AS used_samples,
    sum(cast(used_bytes AS DOUBLE)) AS used_bytes_sum,
    max(used_bytes) AS used_bytes_max,
    last(used_bytes) AS used_bytes_last,
    sum(CASE WHEN used_bytes IS NOT NULL THEN cast(total_bytes AS DOUBLE) END) AS total_bytes_sum,
    last(total_bytes) AS total_bytes_last
  FROM storage_metrics SAMPLE BY 1h
) PARTITION BY DAY TTL 730 DAYS;
