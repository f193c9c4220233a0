package io.muster.control.server;

/** A box of secrets, as it is stored. */
final class Sealed {
  private final byte[] box;

  Sealed(byte[] box) {
    this.box = box.clone();
  }

  byte[] box() {
    return box.clone();
  }
}
