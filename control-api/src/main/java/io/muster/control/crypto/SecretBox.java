package io.muster.control.crypto;

import java.util.UUID;

/** Seals what may not stand in the database in clear. */
public interface SecretBox {
  /**
   * Seals {@code content} so that it opens for the same {@code owner} only: a box moved to another
   * row does not open.
   */
  byte[] seal(UUID owner, byte[] content);

  /**
   * Opens what {@link #seal} gave.
   *
   * @throws IllegalStateException when the box is damaged, another owner's or another key's
   */
  byte[] open(UUID owner, byte[] box);
}
