package io.muster.control.server;

import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.VmStatusChange;
import java.util.UUID;

/** Takes what agents tell of their servers. */
public interface StatusSink {
  /** Keeps a status; one of a server that is not the site's is left alone. */
  void changed(UUID site, ServerStatusChange change);

  /** Passes a VM's other state on. Nobody keeps that: QuestDB has it. */
  void changed(UUID site, VmStatusChange change);
}
