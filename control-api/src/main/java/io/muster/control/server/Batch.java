package io.muster.control.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.server.Proposal.Outcome;
import io.muster.control.server.Proposal.Refused;
import io.muster.control.server.Proposal.Taken;
import io.muster.control.site.Site;
import io.muster.protocol.Server;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.inventory.FieldProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Entries one after the other, over an inventory as it was before the first. */
final class Batch {
  private final Map<String, ServerRow> byName = new HashMap<>();
  private final Map<UUID, ServerRow> byId = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<UUID> ids = new HashSet<>();
  private final List<Site> sites;
  private final int limit;
  private final boolean update;
  private final ServerCodec codec;
  private final Predicate<UUID> idInUse;
  private int count;

  /**
   * @param idInUse whether a server has that id, of whatever tenant
   */
  Batch(
      List<ServerRow> rows,
      List<Site> sites,
      int limit,
      boolean update,
      ServerCodec codec,
      Predicate<UUID> idInUse) {
    rows.forEach(row -> {
      byName.put(row.name(), row);
      byId.put(row.id(), row);
    });
    this.sites = sites;
    this.limit = limit;
    this.update = update;
    this.codec = codec;
    this.idInUse = idInUse;
    this.count = rows.size();
  }

  Proposal propose(ObjectNode entry) {
    UUID id = id(entry);
    ServerRow known = id == null ? null : byId.get(id);
    if (known == null) {
      known = byName.get(entry.path("name").asText());
      if (known != null && id != null) {
        return exists(
            "name", known.name(), "a name of its own: the server of that name has another id");
      }
    }
    Proposal proposal = known == null ? create(entry, id) : change(entry, known);
    if (proposal instanceof Taken taken) {
      if (!names.add(taken.server().entry().name())
          || !ids.add(taken.server().entry().id().value())) {
        return Refused.of(
            "invalid",
            "name",
            Printable.text(taken.server().entry().name()),
            "a name of its own: an entry before has it");
      }
      count += taken.outcome() == Outcome.CREATED ? 1 : 0;
    }
    return proposal;
  }

  private Proposal create(ObjectNode entry, @Nullable UUID id) {
    ObjectNode whole = entry.deepCopy();
    if (id == null && !entry.hasNonNull("id")) {
      whole.put("id", UUID.randomUUID().toString());
    }
    Draft draft = Drafts.of(whole, sites, null);
    if (!draft.isSound()) {
      return new Refused("invalid", draft.problems());
    }
    if (id != null && idInUse.test(id)) {
      return Refused.of("invalid", "id", "one that is in use", "one of its own, or none");
    }
    if (count >= limit) {
      return Refused.of(
          "server-limit",
          null,
          "one server more than the tenant may have",
          "at most %d: delete one, or have the limit raised".formatted(limit));
    }
    return taken(Outcome.CREATED, draft);
  }

  private Proposal change(ObjectNode entry, ServerRow known) {
    List<FieldProblem> other = InventoryEditor.otherIdentity(known, entry);
    if (!other.isEmpty()) {
      return new Refused("exists", other);
    }
    Site site =
        sites.stream().filter(one -> one.id().equals(known.siteId())).findFirst().orElseThrow();
    Server old = codec.server(known, site.name());
    Amendment amendment = Amendment.patch(codec.entry(known), entry);
    Draft draft = Drafts.of(amendment.entry(), sites, site);
    if (!draft.isSound()) {
      return new Refused("invalid", draft.problems());
    }
    Set<String> changed = InventoryWriter.changed(old, draft.sound());
    if (!draft.soundSite().equals(site)) {
      changed.add("site");
    }
    if (changed.isEmpty()) {
      return taken(Outcome.UNCHANGED, draft);
    }
    if (!update) {
      return exists(
          changed.iterator().next(),
          known.name(),
          "the values that it has, or update: " + String.join(", ", changed) + " would change");
    }
    ServerRow namesake = byName.get(draft.sound().entry().name());
    if (namesake != null && !namesake.id().equals(known.id())) {
      return exists("name", namesake.name(), "a name of its own");
    }
    List<FieldProblem> demanded =
        Target.of(old).demanded(Target.of(draft.sound()), amendment.kept()).stream()
            .map(secret ->
                new FieldProblem(
                    secret, "nothing", "the secret again: its server or trust changes"))
            .toList();
    return demanded.isEmpty()
        ? taken(Outcome.UPDATED, draft)
        : new Refused("secret-required", demanded);
  }

  private static Taken taken(Outcome outcome, Draft draft) {
    return new Taken(outcome, draft.sound(), draft.soundSite());
  }

  private static Refused exists(String key, String name, String expected) {
    return Refused.of(
        "exists", key, "a server " + Printable.text(name) + " that is there already", expected);
  }

  /** Null = none, or none that could be a server's; then the draft tells. */
  private static @Nullable UUID id(ObjectNode entry) {
    JsonNode id = entry.get("id");
    try {
      return id == null || !id.isTextual() ? null : UUID.fromString(id.textValue().strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
