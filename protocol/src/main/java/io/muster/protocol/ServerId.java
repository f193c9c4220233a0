package io.muster.protocol;

import java.util.Objects;
import java.util.UUID;

/** Identity of a server in rows, routes and on the link; survives a rename. */
public record ServerId(UUID value) {
  public ServerId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
