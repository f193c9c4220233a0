package io.muster.agent.proxmox;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an answer's {@code data}: texts, maps whose keys are names, and structures whose
 * numbers may be kept. Places are written {@code field.field}; lists don't count, and any key of a
 * map is {@code *}. What is not listed is not known.
 */
final class Shape {
  /** The answer's {@code data} itself. */
  static final String TOP = "";

  /** Errors have this shape, whatever was asked. */
  static final Shape ERROR = new Shape();

  private final Map<String, TextKind> texts = new HashMap<>();
  private final Map<String, TextKind> keys = new HashMap<>();
  private final Set<String> structures = new HashSet<>(Set.of(TOP));

  Shape texts(TextKind kind, String... places) {
    for (String place : places) {
      texts.put(place, kind);
      open(place);
    }
    return this;
  }

  /** Its keys are names; what stands under them is a structure. */
  Shape map(TextKind kind, String place) {
    keys.put(place, kind);
    open(place + ".*");
    structures.add(child(place, "*"));
    return this;
  }

  Shape structures(String... places) {
    for (String place : places) {
      open(place + ".");
    }
    return this;
  }

  /** Whatever something in it is known of is a structure. */
  private void open(String place) {
    for (int dot = place.indexOf('.'); dot >= 0; dot = place.indexOf('.', dot + 1)) {
      structures.add(place.substring(0, dot));
    }
  }

  @Nullable TextKind text(String place) {
    return texts.get(place);
  }

  @Nullable TextKind key(String place) {
    return keys.get(place);
  }

  boolean isStructure(String place) {
    return structures.contains(place);
  }

  /** The place of a field in the structure at {@code place}. */
  String below(String place, String field) {
    return child(place, keys.containsKey(place) ? "*" : field);
  }

  private static String child(String place, String field) {
    return place.isEmpty() ? field : place + "." + field;
  }
}
