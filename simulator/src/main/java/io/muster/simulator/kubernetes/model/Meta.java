package io.muster.simulator.kubernetes.model;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What every object has.
 *
 * @param namespace empty for what is of the whole cluster
 * @param version of the object: the number of the write that made it so; 0 before it is stored
 * @param deleted when it began to end, or null
 * @param generation counts the changes of what is wished; 0 for kinds that do not count
 */
public record Meta(
    String namespace,
    String name,
    UUID uid,
    long version,
    Instant created,
    @Nullable Instant deleted,
    long generation,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable Owner owner) {

  /** The one that made an object and is followed by it. */
  public record Owner(String apiVersion, String kind, String name, UUID uid) {}

  /** Of a new object. */
  public static Meta of(
      String namespace, String name, UUID uid, Instant created, Map<String, String> labels) {
    return new Meta(namespace, name, uid, 0, created, null, 0, labels, Map.of(), null);
  }

  public Meta withVersion(long value) {
    return new Meta(
        namespace, name, uid, value, created, deleted, generation, labels, annotations, owner);
  }

  public Meta withDeleted(Instant value) {
    return new Meta(
        namespace, name, uid, version, created, value, generation, labels, annotations, owner);
  }

  public Meta withGeneration(long value) {
    return new Meta(
        namespace, name, uid, version, created, deleted, value, labels, annotations, owner);
  }

  public Meta withLabels(Map<String, String> value) {
    return new Meta(
        namespace, name, uid, version, created, deleted, generation, value, annotations, owner);
  }

  public Meta withAnnotations(Map<String, String> value) {
    return new Meta(
        namespace, name, uid, version, created, deleted, generation, labels, value, owner);
  }

  public Meta withOwner(Owner value) {
    return new Meta(
        namespace, name, uid, version, created, deleted, generation, labels, annotations, value);
  }

  /** Where it stands in the database: namespaces in order, names in order within. */
  public String key() {
    return key(namespace, name);
  }

  /** Where an object of that name stands. */
  public static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** Whether this object was made by that one. */
  public boolean isOwnedBy(Meta other) {
    return owner != null && owner.uid().equals(other.uid());
  }
}
