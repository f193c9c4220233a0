package io.muster.simulator.kubernetes.model;

/** A PersistentVolumeClaim. */
public record Claim(Meta meta, long bytes, String storageClass) implements KubeObject<Claim> {
  @Override
  public Claim withMeta(Meta value) {
    return new Claim(value, bytes, storageClass);
  }
}
