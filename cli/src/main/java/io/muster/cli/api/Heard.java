package io.muster.cli.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What comes out of a stream of events. */
sealed interface Heard {
  record Told(ServerEvent event) implements Heard {}

  /**
   * Nothing new, and somebody is there.
   *
   * @param id up to which nothing was missed; empty when the API gave none
   */
  record Beat(String id) implements Heard {}

  /**
   * No more comes.
   *
   * @param why null = the API ended it
   */
  record Ended(@Nullable IOException why) implements Heard {}
}
