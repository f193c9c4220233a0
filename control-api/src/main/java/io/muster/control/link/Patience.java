package io.muster.control.link;

import io.muster.protocol.link.LinkProtocol;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** How long an agent may be silent. A bean of its own, so that no test has to be as patient. */
@Singleton
class Patience {
  Duration with(UUID site) {
    return LinkProtocol.DEAD_AFTER;
  }
}
