package io.muster.control.live;

import io.muster.control.link.AgentNews;
import io.muster.control.server.OwnedServer;
import io.muster.control.server.ServerEdited;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.VmStatusChange;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something is other than it was. */
public sealed interface LiveEvent {
  /** To whom it belongs: nobody else hears of it. */
  UUID tenant();

  /** How a server's connection does. */
  record OfServer(OwnedServer server, ServerStatusChange change) implements LiveEvent {
    @Override
    public UUID tenant() {
      return server.tenant();
    }
  }

  /** Somebody has changed what a server is. */
  record OfEdit(ServerEdited edit) implements LiveEvent {
    @Override
    public UUID tenant() {
      return edit.server().tenant();
    }
  }

  /** What a VM does. */
  record OfVm(OwnedServer server, VmStatusChange change) implements LiveEvent {
    @Override
    public UUID tenant() {
      return server.tenant();
    }
  }

  /**
   * Where something stands that is being done to a VM.
   *
   * @param group of the VM; null = none, or not known
   * @param tags of the VM
   */
  record OfAction(OwnedServer server, @Nullable String group, List<String> tags, ActionNews news)
      implements LiveEvent {
    public OfAction {
      Objects.requireNonNull(server, "server");
      Objects.requireNonNull(news, "news");
      tags = List.copyOf(tags);
    }

    @Override
    public UUID tenant() {
      return server.tenant();
    }
  }

  /** A site's agent has come, gone, or was refused. */
  record OfAgent(AgentNews news) implements LiveEvent {
    @Override
    public UUID tenant() {
      return news.tenant();
    }
  }
}
