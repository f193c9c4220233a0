package io.muster.cli.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start. Nothing secret belongs into {@code command}, which every user of the machine can
 * read.
 *
 * @param name what people call it, for messages
 * @param command program and arguments
 * @param environment added to this process's own; secrets go here
 * @param environmentPrefixesLeftOut variables of this process that the child must not inherit
 * @param folder where it runs
 * @param log where its output goes, appended
 */
public record ProcessSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    List<String> environmentPrefixesLeftOut,
    Path folder,
    Path log) {
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    environmentPrefixesLeftOut = List.copyOf(environmentPrefixesLeftOut);
  }

  /** The environment is secret: it stays out. */
  @Override
  public String toString() {
    return name + " " + command;
  }
}
