package io.muster.agent.proxmox;

import java.time.Instant;
import java.util.Map;

/** Answers of a small cluster of two nodes behind one address. */
final class ScriptedCluster {
  /** When the guest was started: an uptime that stands still would be nothing new to sample. */
  private static final long STARTED = Instant.parse("2026-11-20T09:00:00Z").getEpochSecond();

  /** Up to the number of the guest's uptime. */
  private static final String RESOURCES =
      "[{'type':'node','node':'pve1','status':'online','maxcpu':8},"
          + "{'type':'node','node':'pve2','status':'online','maxcpu':8},"
          + "{'type':'storage','storage':'nfs','node':'pve1','status':'available',"
          + "'content':'backup','shared':0,'disk':1,'maxdisk':2},"
          + "{'type':'qemu','vmid':100,'node':'pve1','status':'running','uptime':";

  private static final Map<String, String> ANSWERS =
      Map.of(
          "/cluster/status",
          "[{'type':'cluster','name':'lab','quorate':1,'nodes':2},"
              + "{'type':'node','name':'pve1','ip':'127.0.0.1','online':1,'local':1},"
              + "{'type':'node','name':'pve2','ip':'127.0.0.1','online':1,'local':0}]",
          "/version",
          "{'version':'9.2.1'}",
          "/access/permissions",
          "{'/':{'Sys.Audit':1,'VM.Audit':1,'Datastore.Audit':1,'Pool.Audit':1}}",
          "/cluster/ceph/status",
          "{'health':{'status':'HEALTH_OK'}}",
          "/access/users/muster%40pve",
          "{'expire':0,'tokens':{'agent':{'expire':0}}}");

  private ScriptedCluster() {}

  /** The body of the answer to a call of the driver. */
  static String body(String path, Instant now) {
    return data(path, now).replace('\'', '"');
  }

  private static String data(String path, Instant now) {
    if (path.startsWith("/cluster/metrics/export")) {
      String node = path.contains("node-list=pve2") ? "pve2" : "pve1";
      return "{'data':{'data':[{'id':'node/%s','metric':'cpu_current','timestamp':%d,"
              .formatted(node, now.getEpochSecond())
          + "'type':'gauge','value':0.5}]}}";
    }
    if (path.equals("/cluster/resources")) {
      return "{'data':" + RESOURCES + (now.getEpochSecond() - STARTED) + "}]}";
    }
    String known = ANSWERS.get(path);
    return "{'data':" + (known != null ? known : path.endsWith("/status") ? "{}" : "[]") + "}";
  }
}
