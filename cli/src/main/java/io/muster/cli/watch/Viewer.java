package io.muster.cli.watch;

import io.muster.cli.api.ServerEvent;
import java.time.Duration;

/** Shows what a stream of events tells. */
interface Viewer {
  /**
   * The stream is there.
   *
   * @param again after it was lost
   */
  void listening(boolean again);

  void told(ServerEvent event);

  void lost(String why, Duration pause);

  /** Some moments have passed. */
  void tick();
}
