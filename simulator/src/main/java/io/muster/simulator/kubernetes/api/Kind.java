package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.KubeObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of objects as the API shows it.
 *
 * @param <T> what is behind it
 */
abstract class Kind<T extends KubeObject<T>> {
  /** What everybody may do with an object that nobody may change through the API. */
  static final List<String> READ = List.of("get", "list", "watch");

  /**
   * How it is called.
   *
   * @param group empty for the oldest one
   */
  record Names(
      String group,
      String version,
      String plural,
      String singular,
      String kind,
      boolean namespaced,
      List<String> shortNames,
      List<String> verbs) {
    String apiVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }

    /** Such as {@code pods} and {@code deployments.apps}. */
    String qualified() {
      return group.isEmpty() ? plural : plural + "." + group;
    }
  }

  /**
   * A column of {@code kubectl get}.
   *
   * @param wide shown with {@code -o wide} only
   */
  record Column(String name, String type, boolean wide) {
    static Column of(String name) {
      return new Column(name, "string", false);
    }

    static Column number(String name) {
      return new Column(name, "integer", false);
    }

    static Column wide(String name) {
      return new Column(name, "string", true);
    }
  }

  private final Names names;

  Kind(Names names) {
    this.names = names;
  }

  final Names names() {
    return names;
  }

  /** Everything but {@code kind}, {@code apiVersion} and {@code metadata}. */
  abstract void write(T object, ObjectNode into);

  /** An object as it stands in a list: without {@code kind} and {@code apiVersion}. */
  final ObjectNode item(T object) {
    ObjectNode node = Json.object();
    Json.metadata(node, object.meta());
    write(object, node);
    return node;
  }

  /** An object as it stands alone. */
  final ObjectNode whole(T object) {
    ObjectNode node = Json.object();
    node.put("kind", names.kind()).put("apiVersion", names.apiVersion());
    Json.metadata(node, object.meta());
    write(object, node);
    return node;
  }

  /** The fields beside name and namespace that a selector may name. */
  List<String> fields() {
    return List.of();
  }

  /** One of them. */
  @Nullable String field(T object, String path) {
    return null;
  }

  final @Nullable String selected(T object, String path) {
    return switch (path) {
      case "metadata.name" -> object.meta().name();
      case "metadata.namespace" -> object.meta().namespace();
      default -> field(object, path);
    };
  }

  /** Columns after the name. */
  List<Column> columns() {
    return List.of(Column.of("Age"));
  }

  /** A cell for each column. */
  List<Object> cells(T object, Instant now) {
    return List.of(Age.of(object.meta().created(), now));
  }

  /** Whether the first column is the object's name. */
  boolean showsName() {
    return true;
  }

  /**
   * What a client wishes it to be.
   *
   * @param wished the whole object as it is to be
   */
  T wished(T now, JsonNode wished) throws ApiError {
    JsonNode metadata = wished.path("metadata");
    return now.withMeta(
        now.meta()
            .withLabels(Json.texts(metadata.path("labels")))
            .withAnnotations(Json.texts(metadata.path("annotations"))));
  }
}
