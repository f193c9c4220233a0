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

/** Changes the inventory within a transaction, each change with its entry in the audit. */
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

  ServerRow add(Caller caller, Site site, Server server) {
    ServerRow row = servers.save(codec.row(server, caller.tenant(), site.id(), now()));
    tag(row);
    audit.record(caller, "create", subject(row), row.provider() + " at " + site.name());
    return row;
  }

  /** Gives {@code before} itself, and writes nothing, where nothing is other than it was. */
  ServerRow change(Caller caller, ServerRow before, Server old, Site site, Server server) {
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
    if (!Target.of(old).equals(Target.of(server))
        || changed.contains("site")
        || changed.contains("enabled")) {
      statuses.forget(row.id());
    }
    String renamed = changed.contains("name") ? "renamed from " + before.name() + "; " : "";
    audit.record(caller, "update", subject(row), renamed + "changed " + String.join(", ", changed));
    return row;
  }

  void remove(Caller caller, ServerRow row) {
    servers.deleteById(row.id());
    audit.record(caller, "delete", subject(row), row.provider());
  }

  private void tag(ServerRow row) {
    Set.copyOf(ServerCodec.tags(row)).forEach(tag -> servers.tag(row.id(), tag));
  }

  static Subject subject(ServerRow row) {
    return Subject.of("server", row.id(), row.name());
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
