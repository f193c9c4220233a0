package io.muster.control.infrastructure;

import io.muster.control.problem.Fields;
import io.muster.control.rows.Sql;
import io.muster.control.vm.VmStatus;
import io.muster.control.vm.VmType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which VMs a list shows; null = whatever.
 *
 * @param server id or name
 * @param q a part of the name or the id, in any case
 */
record VmFilter(
    @Nullable String server,
    @Nullable String node,
    @Nullable String type,
    @Nullable String status,
    @Nullable String group,
    @Nullable String tag,
    @Nullable String q) {
  /** A word that no VM has is a mistake to tell, not a list without VMs. */
  VmFilter {
    Fields fields = new Fields();
    check(fields, "type", type, VmType.labels());
    check(fields, "status", status, VmStatus.labels());
    fields.check();
  }

  /** Those of one node. */
  static VmFilter onNode(String server, String node) {
    return new VmFilter(server, node, null, null, null, null, null);
  }

  static void check(Fields fields, String field, @Nullable String word, List<String> known) {
    if (word != null && !known.contains(word)) {
      fields.wrong(field, "must be one of " + String.join(", ", known));
    }
  }

  /** Narrows a statement over {@code vm_now v}. */
  Sql narrow(Sql sql, Fleet fleet) {
    Sql narrowed = sql;
    if (server != null) {
      narrowed = narrowed.then(" AND v.server_id = ?", fleet.find(server).id());
    }
    if (node != null) {
      narrowed = narrowed.then(" AND v.node = ?", node);
    }
    if (type != null) {
      narrowed = narrowed.then(" AND v.type = ?", type);
    }
    if (status != null) {
      narrowed = narrowed.then(" AND v.status = ?", status);
    }
    if (group != null) {
      narrowed = narrowed.then(" AND v.vm_group = ?", group);
    }
    if (tag != null) {
      narrowed = narrowed.then(" AND strpos(v.tags, ?) > 0", ";" + tag + ";");
    }
    if (q != null) {
      String part = q.toLowerCase(Locale.ROOT);
      narrowed =
          narrowed.then(
              " AND (strpos(lower(v.vm), ?) > 0 OR strpos(lower(v.vm_id), ?) > 0)", part, part);
    }
    return narrowed;
  }
}
