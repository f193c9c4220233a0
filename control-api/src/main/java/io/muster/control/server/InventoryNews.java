package io.muster.control.server;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.muster.control.link.Agents;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Tells of edits of the inventory: first who reads along, then the agents, who answer at once. */
@Singleton
final class InventoryNews {
  private final Revisions revisions;
  private final Agents agents;
  private final ApplicationEventPublisher<ServerEdited> edited;

  InventoryNews(
      Revisions revisions, Agents agents, ApplicationEventPublisher<ServerEdited> edited) {
    this.revisions = revisions;
    this.agents = agents;
    this.edited = edited;
  }

  /** Call after the commit. */
  void committed(Edits edits) {
    if (edits.sites().isEmpty()) {
      return;
    }
    long revision = revisions.next();
    Instant now = Instant.now();
    edits.news().forEach(edit -> edited.publishEvent(event(edit, now)));
    revisions.tell(edits.sites(), revision);
  }

  private ServerEdited event(Edits.Edit edit, Instant now) {
    StatusRow known = edit.removed() ? null : edit.status();
    return new ServerEdited(
        OwnedServer.of(edit.row()),
        ServerCodec.tags(edit.row()),
        status(edit),
        edit.previousName(),
        now,
        known == null ? null : known.error(),
        known == null ? null : known.lastConnectedAt(),
        known == null ? null : known.nodeCount(),
        known == null ? null : known.version());
  }

  private String status(Edits.Edit edit) {
    ServerRow row = edit.row();
    if (edit.removed()) {
      return ServerEdited.REMOVED;
    }
    if (!row.enabled()) {
      return ServerEdited.DISABLED;
    }
    StatusRow known = edit.status();
    return ConnectionStatus.of(
            true, agents.connected(row.siteId()), known == null ? null : known.connectionStatus())
        .label();
  }
}
