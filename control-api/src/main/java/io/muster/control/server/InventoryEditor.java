package io.muster.control.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.problem.ProblemException;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import io.muster.protocol.Server;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.inventory.FieldProblem;
import io.muster.protocol.inventory.SplitEntry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Adds, changes and deletes single servers, and tells the sites' agents afterwards. */
@Singleton
final class InventoryEditor {
  private final ServerRepository servers;
  private final Sites sites;
  private final VisibleServers visible;
  private final InventoryWriter writer;
  private final ServerCodec codec;
  private final InventoryNews news;
  private final TransactionOperations<Connection> transactions;

  InventoryEditor(
      ServerRepository servers,
      Sites sites,
      VisibleServers visible,
      InventoryWriter writer,
      ServerCodec codec,
      InventoryNews news,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.sites = sites;
    this.visible = visible;
    this.writer = writer;
    this.codec = codec;
    this.news = news;
    this.transactions = transactions;
  }

  ServerRow create(Caller caller, ObjectNode body) {
    requireWholeTenant(caller);
    ObjectNode entry = body.deepCopy();
    if (!entry.hasNonNull("id")) {
      entry.put("id", UUID.randomUUID().toString());
    }
    Draft draft = sound(Drafts.of(entry, sites.of(caller.tenant()), null));
    Edits edits = new Edits();
    ServerRow row =
        transactions.executeWrite(status -> {
          int limit = servers.lockTenant(caller.tenant());
          List<ServerRow> all = servers.findByTenantId(caller.tenant());
          requireFree(draft.sound(), null, all);
          if (all.size() >= limit) {
            throw ServerProblems.limitReached(limit);
          }
          return writer.add(caller, draft.soundSite(), draft.sound(), edits);
        });
    news.committed(edits);
    return row;
  }

  /** Changes what {@code change} says. */
  ServerRow patch(Caller caller, String reference, ObjectNode change, @Nullable String ifMatch) {
    return amend(caller, reference, change, ifMatch, Amendment::patch);
  }

  /** Puts {@code entry} in place of what was there. */
  ServerRow replace(Caller caller, String reference, ObjectNode entry, @Nullable String ifMatch) {
    return amend(caller, reference, entry, ifMatch, Amendment::replace);
  }

  void delete(Caller caller, String reference, @Nullable String ifMatch) {
    Edits edits =
        transactions.executeWrite(status -> {
          servers.lockTenant(caller.tenant());
          ServerRow row = visible.find(caller, reference);
          EntityTag.require(ifMatch, row);
          Edits removal = new Edits();
          writer.remove(caller, row, removal);
          return removal;
        });
    news.committed(edits);
  }

  private ServerRow amend(
      Caller caller,
      String reference,
      ObjectNode change,
      @Nullable String ifMatch,
      BiFunction<SplitEntry, ObjectNode, Amendment> amending) {
    Edits edits = new Edits();
    ServerRow after =
        transactions.executeWrite(status -> {
          servers.lockTenant(caller.tenant());
          ServerRow before = visible.find(caller, reference);
          EntityTag.require(ifMatch, before);
          requireSameIdentity(before, change);
          Site current = sites.find(before.siteId()).orElseThrow();
          Amendment amendment = amending.apply(codec.entry(before), change);
          Draft draft = sound(Drafts.of(amendment.entry(), sites.of(caller.tenant()), current));
          Server old = codec.server(before, current.name());
          requireSecrets(old, draft.sound(), amendment);
          requireFree(draft.sound(), before.id(), servers.findByTenantId(caller.tenant()));
          return writer.change(caller, before, old, draft.soundSite(), draft.sound(), edits);
        });
    news.committed(edits);
    return after;
  }

  private static Draft sound(Draft draft) {
    if (!draft.isSound()) {
      throw ServerProblems.invalid(draft.problems());
    }
    return draft;
  }

  private static void requireSecrets(Server old, Server server, Amendment amendment) {
    List<String> demanded = Target.of(old).demanded(Target.of(server), amendment.kept());
    if (!demanded.isEmpty()) {
      throw ServerProblems.secretRequired(demanded);
    }
  }

  private void requireFree(Server server, @Nullable UUID own, List<ServerRow> all) {
    String name = server.entry().name();
    if (all.stream().anyMatch(row -> row.name().equals(name) && !row.id().equals(own))) {
      throw ServerProblems.nameTaken(name);
    }
    UUID id = server.entry().id().value();
    if (!id.equals(own) && servers.findById(id).isPresent()) {
      throw ServerProblems.idTaken();
    }
  }

  private static void requireSameIdentity(ServerRow row, ObjectNode change) {
    List<FieldProblem> other = otherIdentity(row, change);
    if (!other.isEmpty()) {
      throw ServerProblems.invalid(other);
    }
  }

  /** Another id or platform is another server, and would go on with the history of this one. */
  static List<FieldProblem> otherIdentity(ServerRow row, ObjectNode change) {
    List<FieldProblem> problems = new ArrayList<>();
    tellOther(change, "id", row.id().toString(), problems);
    tellOther(change, "provider", row.provider(), problems);
    tellOther(change, "type", row.provider(), problems);
    return problems;
  }

  private static void tellOther(
      ObjectNode change, String key, String own, List<FieldProblem> problems) {
    JsonNode given = change.get(key);
    if (given != null && !given.isNull() && !given.asText().equalsIgnoreCase(own)) {
      problems.add(
          new FieldProblem(
              key, Printable.text(given.asText()), "'" + own + "', which does not change"));
    }
  }

  /** Who sees a part of the inventory does not add to it. */
  static void requireWholeTenant(Caller caller) {
    if (!caller.scope().isAll()) {
      throw ProblemException.forbidden(
          "Servers are added by those who see all of the tenant's, without a scope.");
    }
  }
}
