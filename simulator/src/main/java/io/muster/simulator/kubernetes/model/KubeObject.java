package io.muster.simulator.kubernetes.model;

/**
 * An object of the cluster; a change makes a new one.
 *
 * @param <T> the kind itself
 */
public interface KubeObject<T extends KubeObject<T>> {
  Meta meta();

  T withMeta(Meta meta);
}
