package io.muster.simulator.kubernetes.model;

/** A namespace. */
public record Namespace(Meta meta) implements KubeObject<Namespace> {
  @Override
  public Namespace withMeta(Meta value) {
    return new Namespace(value);
  }
}
