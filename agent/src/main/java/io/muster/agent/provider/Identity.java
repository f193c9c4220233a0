package io.muster.agent.provider;

import java.time.Instant;

/** What tells that two entries of the inventory are one server. */
public interface Identity {
  /** Whether both are the same in everything that is known of them. */
  boolean isSameAs(Identity other);

  /**
   * Whether a part is the same: enough for what was the same before, while its parts change one by
   * one.
   */
  boolean sharesWith(Identity other);

  /** When it was read. */
  Instant readAt();
}
