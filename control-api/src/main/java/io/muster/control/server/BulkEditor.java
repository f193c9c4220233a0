package io.muster.control.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.caller.Caller;
import io.muster.control.site.Site;
import io.muster.control.site.Sites;
import io.muster.control.site.Tenants;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** Takes up many entries at once: those that can't be never stop the others. */
@Singleton
public final class BulkEditor {
  private final ServerRepository servers;
  private final Sites sites;
  private final Tenants tenants;
  private final InventoryWriter writer;
  private final ServerCodec codec;
  private final InventoryNews news;
  private final TransactionOperations<Connection> transactions;

  BulkEditor(
      ServerRepository servers,
      Sites sites,
      Tenants tenants,
      InventoryWriter writer,
      ServerCodec codec,
      InventoryNews news,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.sites = sites;
    this.tenants = tenants;
    this.writer = writer;
    this.codec = codec;
    this.news = news;
    this.transactions = transactions;
  }

  /**
   * What these entries would do.
   *
   * @param update whether a server of the same name or id may be changed
   * @return one for each entry, in their order
   */
  public List<Proposal> preview(Caller caller, List<ObjectNode> entries, boolean update) {
    InventoryEditor.requireWholeTenant(caller);
    return transactions.executeRead(status -> {
      Batch batch = batch(caller, update, tenants.get(caller.tenant()).serverLimit());
      return entries.stream().map(batch::propose).toList();
    });
  }

  /** Does it, and tells the sites' agents of it. */
  public List<Proposal> apply(Caller caller, List<ObjectNode> entries, boolean update) {
    InventoryEditor.requireWholeTenant(caller);
    Edits edits = new Edits();
    List<Proposal> done =
        transactions.executeWrite(status -> {
          Batch batch = batch(caller, update, servers.lockTenant(caller.tenant()));
          List<Proposal> proposals = new ArrayList<>();
          for (ObjectNode entry : entries) {
            Proposal proposal = batch.propose(entry);
            if (proposal instanceof Proposal.Taken taken) {
              write(caller, taken, edits);
            }
            proposals.add(proposal);
          }
          return proposals;
        });
    news.committed(edits);
    return done;
  }

  private Batch batch(Caller caller, boolean update, int limit) {
    return new Batch(
        servers.findByTenantId(caller.tenant()),
        sites.of(caller.tenant()),
        limit,
        update,
        codec,
        id -> servers.findById(id).isPresent());
  }

  private void write(Caller caller, Proposal.Taken taken, Edits edits) {
    Site site = taken.site();
    switch (taken.outcome()) {
      case CREATED -> writer.add(caller, site, taken.server(), edits);
      case UPDATED -> {
        ServerRow before = servers.findById(taken.server().entry().id().value()).orElseThrow();
        String name = sites.find(before.siteId()).orElseThrow().name();
        writer.change(caller, before, codec.server(before, name), site, taken.server(), edits);
      }
      case UNCHANGED -> {}
    }
  }
}
