package io.muster.control.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.site.Site;
import io.muster.protocol.Server;
import io.muster.protocol.inventory.ServerJson;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes the inventory within a transaction, each change with its entry in the audit and what is
 * to be told of it.
 */
@Singleton
final class InventoryWriter {
  private final ServerRepository servers;
  private final StoredStatus statuses;
  private final ServerCodec codec;
  private final Audit audit;

  InventoryWriter(ServerRepository servers, StoredStatus statuses, ServerCodec codec, Audit audit) {
    this.servers = servers;
    this.statuses = statuses;
    this.codec = codec;
    this.audit = audit;
  }

  ServerRow add(Caller caller, Site site, Server server, Edits edits) {
    ServerRow row = servers.save(codec.row(server, caller.tenant(), site.id(), now()));
    tag(row);
    audit.record(caller, "create", subject(row), row.provider() + " at " + site.name());
    edits.at(row.siteId());
    edits.tell(new Edits.Edit(row, null, null, false));
    return row;
  }

  /** Gives {@code before} itself, and writes nothing, where nothing is other than it was. */
  ServerRow change(
      Caller caller, ServerRow before, Server old, Site site, Server server, Edits edits) {
    Set<String> changed = changed(old, server);
    if (!before.siteId().equals(site.id())) {
      changed.add("site");
    }
    if (changed.isEmpty()) {
      return before;
    }
    ServerRow row = servers.update(codec.changed(before, server, site.id(), now()));
    if (changed.contains("tags")) {
      servers.untag(row.id());
      tag(row);
    }
    boolean startsOver =
        !Target.of(old).equals(Target.of(server))
            || changed.contains("site")
            || changed.contains("enabled");
    if (startsOver) {
      statuses.forget(row.id());
    }
    boolean isRenamed = changed.contains("name");
    String renamed = isRenamed ? "renamed from " + before.name() + "; " : "";
    audit.record(caller, "update", subject(row), renamed + "changed " + String.join(", ", changed));
    edits.at(before.siteId());
    edits.at(row.siteId());
    // By a tag somebody may see it from now on.
    if (startsOver || isRenamed || changed.contains("tags")) {
      edits.tell(
          new Edits.Edit(row, isRenamed ? before.name() : null, statuses.known(row.id()), false));
    }
    return row;
  }

  void remove(Caller caller, ServerRow row, Edits edits) {
    servers.deleteById(row.id());
    audit.record(caller, "delete", subject(row), row.provider());
    edits.at(row.siteId());
    edits.tell(new Edits.Edit(row, null, null, true));
  }

  private void tag(ServerRow row) {
    Set.copyOf(ServerCodec.tags(row)).forEach(tag -> servers.tag(row.id(), tag));
  }

  static Subject subject(ServerRow row) {
    return Subject.of(Subject.SERVER, row.id(), row.name());
  }

  /** The keys that differ. */
  static Set<String> changed(Server old, Server server) {
    ObjectNode before = ServerJson.write(old);
    ObjectNode after = ServerJson.write(server);
    Set<String> keys = new TreeSet<>();
    before.fieldNames().forEachRemaining(keys::add);
    after.fieldNames().forEachRemaining(keys::add);
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    return keys;
  }

  /** As exact as both databases keep it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
