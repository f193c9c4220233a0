-- What the alert rules in provisioning/alerting ask: for each rule a view with a row for each thing that it judges: what was measured, and the
-- limit that counts for that thing, both in the rule's unit (provisioning/thresholds.csv).
-- What nobody wants to hear of has no row: whatever belongs to a server that is not active or is a duplicate, templates, what carries the tag
-- muster-no-alert, what a threshold switches off. What is not read now has none either: that is told by agent_silent (a whole site, once)
-- or by server_unreachable.

-- The newest limit of each rule, server and tag. Of those that fit a thing the one with the greatest choice counts: server and tag, then
-- tag, then server, then the rule's own; of equals the newest. listed_tag is the tag as it stands in a list. A row that says neither how much
-- nor whether takes back what was said before.
CREATE OR REPLACE VIEW alert_limits_now AS (
  SELECT rule, server_id, tag, concat(';', tag, ';') AS listed_tag, limit_value, cast(coalesce(enabled, 1) AS DOUBLE) AS enabled,
    (CASE WHEN tag IS NULL THEN 0L ELSE 2L END + CASE WHEN server_id IS NULL THEN 0L ELSE 1L END) * 1000000000000000000L + cast(ts AS LONG) AS choice
  FROM (SELECT * FROM alert_thresholds LATEST ON ts PARTITION BY rule, server_id, tag)
  WHERE limit_value IS NOT NULL OR enabled IS NOT NULL
);

-- The limit of each rule for each server.
CREATE OR REPLACE VIEW alert_server_limits_now AS (
  SELECT server_id, rule, limit_value FROM (
    SELECT s.server_id, l.rule, arg_max(l.limit_value, l.choice) AS limit_value, arg_max(l.enabled, l.choice) AS enabled
    FROM (SELECT server_id, tags FROM server_states WHERE ts > dateadd('d', -7, now()) LATEST ON ts PARTITION BY server_id) s
    CROSS JOIN alert_limits_now l
    WHERE (l.server_id IS NULL OR l.server_id = s.server_id) AND (l.tag IS NULL OR strpos(s.tags, l.listed_tag) > 0)
    GROUP BY s.server_id, l.rule)
  WHERE enabled = 1 AND limit_value IS NOT NULL
);

-- Servers that rules may speak of, whose site's agent was heard of within three heart-beats (60 s, or the interval if that is longer).
CREATE OR REPLACE VIEW alert_servers_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, coalesce(s.tags, '') AS tags, greatest(1, coalesce(s.interval_ms, 0) / 1000) AS interval_seconds,
    s.token_expires_at, s.certificate_expires_at, s.missing_privileges, a.last_attempt_at
  FROM (SELECT * FROM server_states WHERE ts > dateadd('d', -7, now()) LATEST ON ts PARTITION BY server_id) s
  JOIN (
    SELECT site, max(ts) AS last_attempt_at, max(interval_ms) AS interval_ms FROM connection_metrics
    WHERE ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
    GROUP BY site) a ON a.site = s.site
  WHERE s.state = 'active' AND s.duplicate_of IS NULL AND strpos(coalesce(s.tags, ''), ';muster-no-alert;') = 0
    AND a.last_attempt_at > dateadd('s', -3 * cast(greatest(60, coalesce(a.interval_ms, 0) / 1000) AS INT), now())
);

-- Those of them that were read within three heart-beats.
CREATE OR REPLACE VIEW alert_read_servers_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, s.tags, s.interval_seconds, c.clock_skew_ms
  FROM alert_servers_now s
  JOIN (
    SELECT server_id, ts, clock_skew_ms FROM connection_metrics
    WHERE success AND ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
    LATEST ON ts PARTITION BY server_id) c ON c.server_id = s.server_id
  WHERE c.ts > dateadd('s', -3 * cast(greatest(60, s.interval_seconds) AS INT), now())
);

-- Nodes that rules may speak of: not those that people maintain.
CREATE OR REPLACE VIEW alert_nodes_now AS (
  SELECT * FROM node_now WHERE maintenance_until IS NULL OR maintenance_until <= now()
);

-- VMs that rules may speak of, without those on nodes that people maintain; tags are their own, their server's, and group= with the name of their pool, namespace or project.
CREATE OR REPLACE VIEW alert_vms_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, v.vm_id, coalesce(v.vm, v.vm_id) AS vm, coalesce(v.vm_group, '') AS vm_group, v.type, v.status,
    v.status_detail, v.locked_by, concat(coalesce(v.tags, ''), s.tags, ';group=', coalesce(v.vm_group, ''), ';') AS tags, v.memory_used_bytes,
    v.memory_total_bytes, v.memory_source, v.disk_used_bytes, v.disk_total_bytes, v.replicas_ready, v.replicas_desired, v.last_backup_at
  FROM vm_now v JOIN alert_read_servers_now s ON s.server_id = v.server_id
  LEFT JOIN (
    SELECT server_id, node FROM (
      SELECT server_id, node, status, maintenance_until FROM node_states WHERE ts > dateadd('h', -3, now()) LATEST ON ts PARTITION BY server_id, node)
    WHERE maintenance_until > now() AND status != 'removed') k ON k.server_id = v.server_id AND k.node = v.node
  WHERE k.node IS NULL AND (v.template IS NULL OR v.template != 'yes') AND strpos(coalesce(v.tags, ''), ';muster-no-alert;') = 0
);

-- Seconds since the last attempt of any server of the site; seconds.
CREATE OR REPLACE VIEW alert_agent_silent_now AS (
  SELECT s.site, min(cast(datediff('s', c.ts, now()) AS DOUBLE)) AS measured,
    min(greatest(l.limit_value, cast(3 * s.interval_ms / 1000 AS DOUBLE))) AS limit_value
  FROM (SELECT * FROM server_states WHERE ts > dateadd('d', -7, now()) LATEST ON ts PARTITION BY server_id) s
  JOIN (SELECT server_id, ts FROM connection_metrics WHERE ts > dateadd('d', -7, now()) LATEST ON ts PARTITION BY server_id) c ON c.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'agent-silent' AND s.state = 'active' AND s.duplicate_of IS NULL AND strpos(coalesce(s.tags, ''), ';muster-no-alert;') = 0
  GROUP BY s.site
);

-- Rows that were dropped or that QuestDB refused within the hour. A counter that fell has started anew.
CREATE OR REPLACE VIEW alert_rows_lost_now AS (
  SELECT r.site, r.agent, cast(r.measured AS DOUBLE) AS measured, l.limit_value
  FROM (
    SELECT site, agent, max(ts) AS newest, sum(CASE WHEN before IS NULL THEN 0L WHEN lost >= before THEN lost - before ELSE lost END) AS measured
    FROM (
      SELECT ts, site, agent, lost, lag(lost) OVER (PARTITION BY site, agent ORDER BY ts) AS before
      FROM (SELECT ts, site, agent, rows_dropped + rows_quarantined AS lost FROM agent_metrics WHERE ts > dateadd('h', -1, now())))
    GROUP BY site, agent) r
  CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'rows-lost' AND server_id IS NULL AND tag IS NULL) l
  WHERE l.enabled = 1 AND r.newest > dateadd('s', -180, now())
);

-- What waits on the agent's disk for QuestDB now, more than its least of the last 15 minutes; bytes.
CREATE OR REPLACE VIEW alert_spool_growing_now AS (
  SELECT r.site, r.agent, cast(r.spool_bytes - r.least AS DOUBLE) AS measured, l.limit_value
  FROM (
    SELECT site, agent, max(ts) AS newest, last(spool_bytes) AS spool_bytes, min(spool_bytes) AS least
    FROM agent_metrics WHERE ts > dateadd('m', -15, now()) GROUP BY site, agent) r
  CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'spool-growing' AND server_id IS NULL AND tag IS NULL) l
  WHERE l.enabled = 1 AND r.newest > dateadd('s', -180, now())
);

-- From the last answer (or, without one in a day, the first attempt) to the newest attempt at any server of the site; seconds.
CREATE OR REPLACE VIEW alert_server_unreachable_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, cast(greatest(0, datediff('s', c.since, s.last_attempt_at)) AS DOUBLE) AS measured,
    greatest(l.limit_value, cast(3 * s.interval_seconds AS DOUBLE)) AS limit_value
  FROM alert_servers_now s
  JOIN (
    SELECT server_id, coalesce(max(CASE WHEN success THEN ts END), min(ts)) AS since FROM connection_metrics
    WHERE ts > dateadd('d', -1, now()) GROUP BY server_id) c ON c.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'server-unreachable'
);

-- Attempts of the last hour that read the server, of at least 10, without those before it was last disabled or in maintenance; percent. One
-- that is not read at all is unreachable and not told here.
CREATE OR REPLACE VIEW alert_success_rate_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, c.measured, l.limit_value
  FROM alert_read_servers_now s
  JOIN (
    SELECT a.server_id AS server_id, count() AS attempts, round(100.0 * sum(CASE WHEN a.success THEN 1 ELSE 0 END) / count(), 1) AS measured
    FROM (SELECT ts, server_id, success FROM connection_metrics WHERE ts > dateadd('h', -1, now())) a
    LEFT JOIN (SELECT server_id, max(ts) AS ts FROM server_states WHERE ts > dateadd('h', -1, now()) AND state != 'active' GROUP BY server_id) i
      ON i.server_id = a.server_id
    WHERE i.ts IS NULL OR a.ts > i.ts
    GROUP BY a.server_id) c ON c.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'success-rate' AND c.attempts >= 10
);

-- Mean time of a poll in the last 15 minutes; percent of the interval. One that was given up took its time-out, which is 90 % of the
-- interval at most: a limit beyond that is never reached.
CREATE OR REPLACE VIEW alert_poll_slow_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, c.measured, l.limit_value
  FROM alert_read_servers_now s
  JOIN (
    SELECT server_id, round(100.0 * avg(CASE WHEN failure = 'DEADLINE_EXCEEDED' THEN cast(timeout_ms AS DOUBLE) ELSE response_time_ms END) / max(interval_ms), 1) AS measured
    FROM connection_metrics WHERE (success OR failure = 'DEADLINE_EXCEEDED') AND ts > dateadd('m', -15, now())
    GROUP BY server_id) c ON c.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'poll-slow'
);

-- How far the worst node's clock is from the agent's; seconds.
CREATE OR REPLACE VIEW alert_clock_skew_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, round(abs(s.clock_skew_ms) / 1000.0, 1) AS measured, l.limit_value
  FROM alert_read_servers_now s JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'clock-skew' AND s.clock_skew_ms IS NOT NULL
);

-- Time until the token ends, below 0 after; days. A token without an end has no row.
CREATE OR REPLACE VIEW alert_token_expires_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, round(datediff('s', now(), s.token_expires_at) / 86400.0, 1) * sign_of AS measured, l.limit_value
  FROM (SELECT *, CASE WHEN token_expires_at < now() THEN -1 ELSE 1 END AS sign_of FROM alert_servers_now) s
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'token-expires' AND s.token_expires_at IS NOT NULL
);

-- As with tokens.
CREATE OR REPLACE VIEW alert_certificate_expires_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, round(datediff('s', now(), s.certificate_expires_at) / 86400.0, 1) * sign_of AS measured, l.limit_value
  FROM (SELECT *, CASE WHEN certificate_expires_at < now() THEN -1 ELSE 1 END AS sign_of FROM alert_servers_now) s
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'certificate-expires' AND s.certificate_expires_at IS NOT NULL
);

-- Privileges that the token lacks now, more than it lacked at best in the last seven days.
CREATE OR REPLACE VIEW alert_privileges_shrank_now AS (
  SELECT s.site, s.provider, s.server_id, s.server,
    cast(greatest(0, length(s.missing_privileges) - length(replace(s.missing_privileges, ';', '')) - 1) - b.least AS DOUBLE) AS measured, l.limit_value
  FROM (SELECT * FROM alert_servers_now WHERE missing_privileges IS NOT NULL) s
  JOIN (
    SELECT server_id, min(greatest(0, length(missing_privileges) - length(replace(missing_privileges, ';', '')) - 1)) AS least FROM (
      SELECT DISTINCT server_id, missing_privileges FROM server_states
      WHERE ts > dateadd('d', -7, now()) AND missing_privileges IS NOT NULL)
    GROUP BY server_id) b ON b.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'privileges-shrank'
);

-- How long a cluster was not seen with a quorum, at most a day; seconds. A node that stands alone has no row.
CREATE OR REPLACE VIEW alert_cluster_quorum_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, n.cluster,
    CASE WHEN n.quorate = 1 THEN 0.0 ELSE cast(datediff('s', coalesce(q.ts, dateadd('d', -1, now())), now()) AS DOUBLE) END AS measured, l.limit_value
  FROM alert_read_servers_now s
  JOIN (SELECT * FROM cluster_metrics WHERE ts > dateadd('m', -15, now()) LATEST ON ts PARTITION BY server_id, cluster) n ON n.server_id = s.server_id
  LEFT JOIN (SELECT * FROM cluster_metrics WHERE quorate = 1 AND ts > dateadd('d', -1, now()) LATEST ON ts PARTITION BY server_id, cluster) q
    ON q.server_id = n.server_id AND q.cluster = n.cluster
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'cluster-quorum' AND n.quorate IS NOT NULL
);

-- How long a node was not seen online, at most a day; seconds.
CREATE OR REPLACE VIEW alert_node_offline_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, n.node,
    CASE WHEN n.status IN ('offline', 'not-ready') THEN cast(datediff('s', coalesce(o.ts, dateadd('d', -1, now())), now()) AS DOUBLE) ELSE 0.0 END AS measured,
    l.limit_value
  FROM alert_nodes_now n
  JOIN alert_read_servers_now s ON s.server_id = n.server_id
  LEFT JOIN (
    SELECT server_id, node, ts FROM node_states WHERE ts > dateadd('d', -1, now()) AND status NOT IN ('offline', 'not-ready', 'unknown', 'removed')
    LATEST ON ts PARTITION BY server_id, node) o ON o.server_id = n.server_id AND o.node = n.node
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'node-offline'
);

-- How long a node that is ready has not been seen without one of the conditions that are known to be bad, at most a day; seconds. Some add
-- conditions that are good when they are true, such as EtcdIsVoter.
CREATE OR REPLACE VIEW alert_node_condition_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, n.node,
    CASE WHEN n.conditions ~ 'Pressure;|NetworkUnavailable;|KernelDeadlock;|ReadonlyFilesystem;' THEN cast(datediff('s', coalesce(w.well_at, w.first_at), now()) AS DOUBLE) ELSE 0.0 END AS measured, l.limit_value
  FROM alert_nodes_now n
  JOIN alert_read_servers_now s ON s.server_id = n.server_id
  JOIN (
    SELECT server_id, node, min(ts) AS first_at,
      max(CASE WHEN conditions ~ 'Pressure;|NetworkUnavailable;|KernelDeadlock;|ReadonlyFilesystem;' THEN null ELSE ts END) AS well_at
    FROM node_states WHERE ts > dateadd('d', -1, now()) GROUP BY server_id, node) w ON w.server_id = n.server_id AND w.node = n.node
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'node-condition' AND n.status IN ('ready', 'maintenance')
);

-- Mean of 5 minutes; percent.
CREATE OR REPLACE VIEW alert_node_cpu_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, n.node, m.measured, l.limit_value
  FROM alert_nodes_now n
  JOIN alert_read_servers_now s ON s.server_id = n.server_id
  JOIN (
    SELECT server_id, node, round(100 * avg(cpu_usage_ratio), 1) AS measured FROM node_metrics
    WHERE ts > dateadd('m', -5, now()) AND cpu_usage_ratio IS NOT NULL GROUP BY server_id, node) m ON m.server_id = n.server_id AND m.node = n.node
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'node-cpu' AND n.status IN ('online', 'ready', 'maintenance')
);

-- Without the ZFS cache, which gives way; percent.
CREATE OR REPLACE VIEW alert_node_memory_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, n.node,
    round(100.0 * (n.memory_used_bytes - coalesce(n.zfs_arc_bytes, 0)) / n.memory_total_bytes, 1) AS measured, l.limit_value
  FROM alert_nodes_now n
  JOIN alert_read_servers_now s ON s.server_id = n.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'node-memory' AND n.status IN ('online', 'ready', 'maintenance') AND n.memory_used_bytes IS NOT NULL AND n.memory_total_bytes > 0
);

-- Root file system; percent.
CREATE OR REPLACE VIEW alert_node_disk_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, n.node, round(100.0 * n.disk_used_bytes / n.disk_total_bytes, 1) AS measured, l.limit_value
  FROM alert_nodes_now n
  JOIN alert_read_servers_now s ON s.server_id = n.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'node-disk' AND n.status IN ('online', 'ready', 'maintenance') AND n.disk_used_bytes IS NOT NULL AND n.disk_total_bytes > 0
);

-- Mean of 30 minutes, the time in which it did not run as 0; percent.
CREATE OR REPLACE VIEW alert_vm_cpu_now AS (
  SELECT site, provider, server_id, server, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, m.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM alert_vms_now v
    JOIN (
      SELECT server_id, vm_id, round(100 * sum(cpu_usage_ratio * sample_seconds) / 1800, 1) AS measured FROM vm_metrics
      WHERE ts > dateadd('m', -30, now()) AND cpu_usage_ratio IS NOT NULL GROUP BY server_id, vm_id) m ON m.server_id = v.server_id AND m.vm_id = v.vm_id
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'vm-cpu') l
    WHERE v.status = 'running' AND (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, m.measured)
  WHERE enabled = 1
);

-- Only where the value is what the guest itself needs: host and balloon driver count its page cache as used; percent.
CREATE OR REPLACE VIEW alert_vm_memory_now AS (
  SELECT site, provider, server_id, server, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT *, round(100.0 * memory_used_bytes / memory_total_bytes, 1) AS measured FROM alert_vms_now
      WHERE memory_source IN ('cgroup', 'guest-agent', 'metrics-server', 'kubelet') AND memory_used_bytes IS NOT NULL AND memory_total_bytes > 0) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'vm-memory') l
    WHERE v.status = 'running' AND (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- Only where it is known; percent.
CREATE OR REPLACE VIEW alert_vm_disk_now AS (
  SELECT site, provider, server_id, server, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT *, round(100.0 * disk_used_bytes / disk_total_bytes, 1) AS measured FROM alert_vms_now
      WHERE disk_used_bytes IS NOT NULL AND disk_total_bytes > 0) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'vm-disk') l
    WHERE v.status = 'running' AND (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- How long a VM has not run that ran an hour ago; seconds. 0 while a backup, a migration or another task is
-- at work on it; locked is an instance of OpenStack that may not be touched, which is no task. One that failed is told by instance_error.
CREATE OR REPLACE VIEW alert_vm_stopped_now AS (
  SELECT site, provider, server_id, server, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_id, n.vm, n.tags,
        CASE WHEN (n.status = 'stopped' OR (n.status = 'failed' AND n.type != 'instance')) AND coalesce(n.locked_by, 'locked') = 'locked' AND b.status = 'running'
          THEN cast(datediff('s', r.ts, now()) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      LEFT JOIN (
        SELECT server_id, vm_id, status FROM vm_states WHERE ts > dateadd('h', -2, now()) AND ts <= dateadd('h', -1, now())
        LATEST ON ts PARTITION BY server_id, vm_id) b ON b.server_id = n.server_id AND b.vm_id = n.vm_id
      LEFT JOIN (
        SELECT server_id, vm_id, ts FROM vm_states WHERE ts > dateadd('h', -2, now()) AND status = 'running'
        LATEST ON ts PARTITION BY server_id, vm_id) r ON r.server_id = n.server_id AND r.vm_id = n.vm_id
      WHERE n.type IN ('qemu', 'lxc', 'instance')) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'vm-stopped') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- How long a deployment has been short of replicas or could not go on with its roll-out, at most a day; seconds. A new one is so from the start.
-- It has the tag that its pods have.
CREATE OR REPLACE VIEW alert_deployment_replicas_now AS (
  SELECT site, provider, server_id, server, namespace, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_group AS namespace, n.vm_id, n.vm, concat(n.tags, ';deployment=', n.vm, ';') AS tags,
        CASE WHEN n.replicas_ready < n.replicas_desired OR n.status = 'failed'
          THEN cast(datediff('s', coalesce(w.well_at, w.first_at), now()) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      JOIN (
        SELECT server_id, vm_id, max(CASE WHEN replicas_ready >= replicas_desired AND status != 'failed' THEN ts END) AS well_at, min(ts) AS first_at
        FROM vm_states WHERE ts > dateadd('d', -1, now()) AND type = 'deployment' GROUP BY server_id, vm_id) w
        ON w.server_id = n.server_id AND w.vm_id = n.vm_id
      WHERE n.type = 'deployment' AND n.status != 'unknown' AND n.replicas_ready IS NOT NULL AND n.replicas_desired IS NOT NULL) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'deployment-replicas') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- Of pods only those have a row that are in trouble or were within the last 30 minutes: there are many, most are well, and each row is an
-- instance that Grafana keeps.

-- Restarts of a pod within 15 minutes, at least 1; 0 when it was not seen in CrashLoopBackOff within the last 5: between two crashes it runs.
CREATE OR REPLACE VIEW alert_pod_crash_loop_now AS (
  SELECT site, provider, server_id, server, namespace, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_group AS namespace, n.vm_id, n.vm, n.tags,
        CASE WHEN c.crashed_at > dateadd('m', -5, now()) AND n.status IN ('running', 'pending', 'failed')
          THEN cast(greatest(1, coalesce(r.restarts, 1)) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      JOIN (
        SELECT server_id, vm_id, max(ts) AS crashed_at FROM vm_states
        WHERE ts > dateadd('m', -30, now()) AND type = 'pod' AND status = 'failed' AND status_detail LIKE '%CrashLoopBackOff' GROUP BY server_id, vm_id) c
        ON c.server_id = n.server_id AND c.vm_id = n.vm_id
      LEFT JOIN (
        SELECT server_id, vm_id, CASE WHEN last(restarts) >= first(restarts) THEN last(restarts) - first(restarts) ELSE last(restarts) END AS restarts
        FROM vm_states WHERE ts > dateadd('m', -15, now()) AND type = 'pod' AND restarts IS NOT NULL GROUP BY server_id, vm_id) r
        ON r.server_id = n.server_id AND r.vm_id = n.vm_id
      WHERE n.type = 'pod') v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'pod-crash-loop') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- How long a container of a pod could not be started for want of its image or its configuration, at most a day; seconds.
CREATE OR REPLACE VIEW alert_pod_start_failed_now AS (
  SELECT site, provider, server_id, server, namespace, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_group AS namespace, n.vm_id, n.vm, n.tags,
        CASE WHEN w.other_at IS NULL OR w.bad_at > w.other_at
          THEN cast(datediff('s', coalesce(w.other_at, w.first_at), now()) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      JOIN (
        SELECT server_id, vm_id, max(CASE WHEN bad = 0 THEN ts END) AS other_at, max(CASE WHEN bad = 1 THEN ts END) AS bad_at, min(ts) AS first_at
        FROM (
          SELECT ts, server_id, vm_id, CASE WHEN status = 'failed' AND status_detail ~ 'Image|ContainerConfigError|ContainerError|StartError' THEN 1 ELSE 0 END AS bad
          FROM vm_states
          WHERE vm_id IN (
            SELECT DISTINCT vm_id FROM vm_states
            WHERE ts > dateadd('m', -30, now()) AND type = 'pod' AND status = 'failed' AND status_detail ~ 'Image|ContainerConfigError|ContainerError|StartError')
            AND ts > dateadd('d', -1, now()))
        GROUP BY server_id, vm_id) w ON w.server_id = n.server_id AND w.vm_id = n.vm_id
      WHERE n.type = 'pod' AND w.bad_at > dateadd('m', -30, now())) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'pod-start-failed') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- How long a pod has been pending, at most a day; seconds. Those of deployments are told by deployment_replicas.
CREATE OR REPLACE VIEW alert_pod_pending_now AS (
  SELECT site, provider, server_id, server, namespace, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_group AS namespace, n.vm_id, n.vm, n.tags,
        CASE WHEN n.status = 'pending' THEN cast(datediff('s', coalesce(w.other_at, w.first_at), now()) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      JOIN (
        SELECT server_id, vm_id, max(CASE WHEN status != 'pending' THEN ts END) AS other_at, max(CASE WHEN status = 'pending' THEN ts END) AS pending_at,
          min(ts) AS first_at
        FROM vm_states
        WHERE vm_id IN (SELECT DISTINCT vm_id FROM vm_states WHERE ts > dateadd('m', -30, now()) AND type = 'pod' AND status = 'pending')
          AND ts > dateadd('d', -1, now())
        GROUP BY server_id, vm_id) w ON w.server_id = n.server_id AND w.vm_id = n.vm_id
      WHERE n.type = 'pod' AND w.pending_at > dateadd('m', -30, now()) AND strpos(n.tags, ';deployment=') = 0) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'pod-pending') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.namespace, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- Of instances, too, only those have a row that are in trouble or were within the last 30 minutes. While nobody can tell how one is, because its
-- host is away, that counts as neither.

-- How long an instance has been in error, at most a day; seconds.
CREATE OR REPLACE VIEW alert_instance_error_now AS (
  SELECT site, provider, server_id, server, project, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.project, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_group AS project, n.vm_id, n.vm, n.tags,
        CASE WHEN n.status = 'failed' THEN cast(datediff('s', coalesce(w.other_at, w.first_at), now()) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      JOIN (
        SELECT server_id, vm_id, max(CASE WHEN status NOT IN ('failed', 'unknown') THEN ts END) AS other_at,
          max(CASE WHEN status = 'failed' THEN ts END) AS bad_at, min(ts) AS first_at
        FROM vm_states
        WHERE vm_id IN (SELECT DISTINCT vm_id FROM vm_states WHERE ts > dateadd('m', -30, now()) AND type = 'instance' AND status = 'failed')
          AND ts > dateadd('d', -1, now())
        GROUP BY server_id, vm_id) w ON w.server_id = n.server_id AND w.vm_id = n.vm_id
      WHERE n.type = 'instance' AND w.bad_at > dateadd('m', -30, now())) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'instance-error') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.project, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- How long an instance has been in the making (a build, a resize, a migration), at most a day; seconds.
CREATE OR REPLACE VIEW alert_instance_stuck_now AS (
  SELECT site, provider, server_id, server, project, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.project, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT n.site, n.provider, n.server_id, n.server, n.vm_group AS project, n.vm_id, n.vm, n.tags,
        CASE WHEN n.status = 'pending' THEN cast(datediff('s', coalesce(w.other_at, w.first_at), now()) AS DOUBLE) ELSE 0.0 END AS measured
      FROM alert_vms_now n
      JOIN (
        SELECT server_id, vm_id, max(CASE WHEN status NOT IN ('pending', 'unknown') THEN ts END) AS other_at,
          max(CASE WHEN status = 'pending' THEN ts END) AS bad_at, min(ts) AS first_at
        FROM vm_states
        WHERE vm_id IN (SELECT DISTINCT vm_id FROM vm_states WHERE ts > dateadd('m', -30, now()) AND type = 'instance' AND status = 'pending')
          AND ts > dateadd('d', -1, now())
        GROUP BY server_id, vm_id) w ON w.server_id = n.server_id AND w.vm_id = n.vm_id
      WHERE n.type = 'instance' AND w.bad_at > dateadd('m', -30, now())) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'instance-stuck') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.project, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- How much of a project's quota is used; percent. OpenStack's quotas are read by turns: those of three hours. What is unlimited, or not allowed at all,
-- has no row. The tags quota= with the name of the resource and group= with that of the project can be named in a limit.
CREATE OR REPLACE VIEW alert_quota_used_now AS (
  SELECT site, provider, server_id, server, project, resource, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.project, v.resource, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT s.site, s.provider, s.server_id, s.server, q.project, q.resource, round(100.0 * q.used / q.limit_value, 1) AS measured,
        concat(s.tags, ';group=', q.project, ';quota=', q.resource, ';') AS tags
      FROM alert_read_servers_now s
      JOIN (
        SELECT server_id, project, resource, used, limit_value FROM quota_metrics WHERE ts > dateadd('h', -3, now())
        LATEST ON ts PARTITION BY server_id, project, resource) q ON q.server_id = s.server_id
      WHERE q.used IS NOT NULL AND q.limit_value > 0) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'quota-used') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.project, v.resource, v.measured)
  WHERE enabled = 1
);

-- Age of the newest backup that is known; days. A VM of which none is known has no row.
CREATE OR REPLACE VIEW alert_backup_old_now AS (
  SELECT site, provider, server_id, server, vm_id, vm, measured, limit_value FROM (
    SELECT v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured, arg_max(l.limit_value, l.choice) AS limit_value,
      arg_max(l.enabled, l.choice) AS enabled
    FROM (
      SELECT *, round(datediff('s', last_backup_at, now()) / 86400.0, 1) AS measured FROM alert_vms_now WHERE last_backup_at IS NOT NULL) v
    CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'backup-old') l
    WHERE (l.server_id IS NULL OR l.server_id = v.server_id) AND (l.tag IS NULL OR strpos(v.tags, l.listed_tag) > 0)
    GROUP BY v.site, v.provider, v.server_id, v.server, v.vm_id, v.vm, v.measured)
  WHERE enabled = 1
);

-- Backup tasks of the last day that failed, each without a later success on the same node for the same VM (or for the same job); those of VMs
-- that are left out do not count.
CREATE OR REPLACE VIEW alert_backup_failed_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, cast(coalesce(e.measured, 0) AS DOUBLE) AS measured, l.limit_value
  FROM alert_read_servers_now s
  LEFT JOIN (
    SELECT server_id, sum(failed) AS measured FROM (
      SELECT server_id, node, vm_id,
        CASE WHEN max(CASE WHEN state = 'failed' THEN ts END) > coalesce(max(CASE WHEN state IN ('ok', 'warning') THEN ts END), cast(0 AS TIMESTAMP)) THEN 1 ELSE 0 END AS failed
      FROM (
        SELECT t.ts AS ts, t.server_id AS server_id, t.node AS node, t.vm_id AS vm_id, t.state AS state
        FROM (SELECT * FROM events WHERE ts > dateadd('d', -1, now()) AND source = 'task' AND type = 'vzdump') t
        LEFT JOIN (SELECT server_id, vm_id FROM vm_now WHERE strpos(tags, ';muster-no-alert;') > 0) n ON n.server_id = t.server_id AND n.vm_id = t.vm_id
        WHERE n.server_id IS NULL)
      GROUP BY server_id, node, vm_id)
    GROUP BY server_id) e ON e.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'backup-failed' AND s.provider = 'proxmox'
);

-- Percent. node is '' where all nodes share it.
CREATE OR REPLACE VIEW alert_storage_used_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, coalesce(t.node, '') AS node, t.storage, round(100.0 * t.used_bytes / t.total_bytes, 1) AS measured, l.limit_value
  FROM alert_read_servers_now s
  JOIN (
    SELECT * FROM storage_metrics
    WHERE ts > (SELECT dateadd('s', -3 * cast(greatest(60, coalesce(max(interval_ms), 0) / 1000) AS INT), now()) FROM server_states WHERE ts > dateadd('d', -1, now()))
    LATEST ON ts PARTITION BY server_id, node, storage) t ON t.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'storage-used' AND t.used_bytes IS NOT NULL AND t.total_bytes > 0
);

-- By a straight line through the last three days, of at least 6 hours; days. 3650 where it does not grow. One that was not read since the hour
-- before this one has no row: it may be gone.
CREATE OR REPLACE VIEW alert_storage_full_soon_now AS (
  SELECT s.site, s.provider, s.server_id, s.server, coalesce(t.node, '') AS node, t.storage,
    CASE WHEN t.bytes_per_day > 0 THEN least(3650.0, round((t.total_bytes - t.used_bytes) / t.bytes_per_day, 1)) ELSE 3650.0 END AS measured, l.limit_value
  FROM alert_read_servers_now s
  JOIN (
    SELECT server_id, node, storage, last(total_bytes_last) AS total_bytes, last(used_bytes_last) AS used_bytes, count() AS hours,
      max(ts) AS newest,
      regr_slope(cast(used_bytes_last AS DOUBLE), datediff('s', dateadd('d', -3, now()), ts) / 86400.0) AS bytes_per_day
    FROM storage_hourly WHERE ts > dateadd('d', -3, now()) AND used_bytes_last IS NOT NULL AND total_bytes_last > 0
    GROUP BY server_id, node, storage) t ON t.server_id = s.server_id
  JOIN alert_server_limits_now l ON l.server_id = s.server_id
  WHERE l.rule = 'storage-full-soon' AND t.hours >= 6 AND t.newest > dateadd('h', -2, now())
);

-- 1: its rows are no longer applied, or the hourly view is no longer refreshed.
CREATE OR REPLACE VIEW alert_questdb_suspended_now AS (
  SELECT t.table_name, CASE WHEN t.table_suspended OR v.view_status = 'invalid' THEN 1.0 ELSE 0.0 END AS measured, l.limit_value
  FROM tables() t
  LEFT JOIN materialized_views() v ON v.view_name = t.table_name
  CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'questdb-suspended' AND server_id IS NULL AND tag IS NULL) l
  WHERE l.enabled = 1 AND t.table_type != 'V'
);

-- What all tables take on QuestDB's disk; bytes.
CREATE OR REPLACE VIEW alert_questdb_size_now AS (
  SELECT 'all tables' AS tables, cast(t.bytes AS DOUBLE) AS measured, l.limit_value
  FROM (SELECT sum(diskSize) AS bytes FROM table_storage()) t
  CROSS JOIN (SELECT * FROM alert_limits_now WHERE rule = 'questdb-size' AND server_id IS NULL AND tag IS NULL) l
  WHERE l.enabled = 1
);
