package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Backups on a storage, and guests without a backup job. */
final class BackupReader {
  private BackupReader() {}

  /**
   * Newest backup of each guest, by its number: a backup outlives the guest's kind.
   *
   * @param data of {@code /nodes/{node}/storage/{storage}/content?content=backup}
   */
  static Map<String, Instant> newest(JsonNode data) throws MalformedAnswerException {
    Map<String, Instant> newest = new HashMap<>();
    for (JsonNode row : Json.rows(data)) {
      String vmid = Json.text(row, "vmid");
      Instant made = Json.instant(row, "ctime");
      if (vmid != null && made != null) {
        newest.merge(vmid, made, (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return newest;
  }

  /**
   * Ids of guests in no backup job.
   *
   * @param data of {@code /cluster/backup-info/not-backed-up}
   */
  static SortedSet<String> withoutJob(JsonNode data) throws MalformedAnswerException {
    SortedSet<String> ids = new TreeSet<>();
    for (JsonNode row : Json.rows(data)) {
      String type = Json.text(row, "type");
      ids.add((type == null ? "qemu" : type) + ":" + Json.required(row, "vmid"));
    }
    return ids;
  }
}
