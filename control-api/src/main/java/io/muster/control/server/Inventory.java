package io.muster.control.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.problem.ProblemException;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import io.muster.protocol.Server;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The inventory, for other parts of the program. */
@Singleton
public final class Inventory {
  private final VisibleServers visible;
  private final ServerLists lists;
  private final Sites sites;
  private final ServerCodec codec;
  private final TransactionOperations<Connection> transactions;

  Inventory(
      VisibleServers visible,
      ServerLists lists,
      Sites sites,
      ServerCodec codec,
      TransactionOperations<Connection> transactions) {
    this.visible = visible;
    this.lists = lists;
    this.sites = sites;
    this.codec = codec;
    this.transactions = transactions;
  }

  /** A server and the site whose agent polls it. */
  public record Placed(UUID site, String siteName, Server server) {}

  /** How many the caller sees of each platform (by its label), by how they do. */
  public Map<String, Map<ConnectionStatus, Long>> tally(Caller caller) {
    return lists.tally(caller);
  }

  /** All enabled ones that the caller sees, by name, with secrets. */
  public List<Placed> enabled(Caller caller) {
    return transactions.executeRead(status ->
        visible.whole(caller).stream().filter(ServerRow::enabled).map(this::placed).toList());
  }

  /**
   * One that the caller sees, with secrets.
   *
   * @throws ProblemException 404
   */
  public Placed find(Caller caller, String reference) {
    return transactions.executeRead(status -> placed(visible.find(caller, reference)));
  }

  /**
   * A server that is not in the inventory.
   *
   * @throws ProblemException 400 with everything that is wrong with the entry
   */
  public Placed draft(Caller caller, ObjectNode entry) {
    Draft draft = Drafts.of(entry, sites.of(caller.tenant()), null);
    if (!draft.isSound()) {
      throw ServerProblems.invalid(draft.problems());
    }
    return new Placed(draft.soundSite().id(), draft.soundSite().name(), draft.sound());
  }

  private Placed placed(ServerRow row) {
    Site site = sites.find(row.siteId()).orElseThrow();
    return new Placed(site.id(), site.name(), codec.server(row, site.name()));
  }
}
