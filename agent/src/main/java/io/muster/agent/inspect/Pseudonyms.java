package io.muster.agent.inspect;

import io.muster.agent.provider.Names;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names by number, in the order in which they were first seen. Kept nowhere. */
public final class Pseudonyms implements Names {
  /** Addresses stay on the machine that plays a recording back: {@code 127.0.20.1} and on. */
  private static final int FIRST_ADDRESS_BLOCK = 20;

  /** Of each block, none of the special last numbers. */
  private static final int ADDRESSES_PER_BLOCK = 250;

  private static final int FINGERPRINT_BYTES = 32;

  private final Map<Kind, Map<String, String>> given = new EnumMap<>(Kind.class);
  private final Map<String, String> words = new HashMap<>();

  @Override
  public synchronized String of(Kind kind, String name) {
    Map<String, String> names = given.computeIfAbsent(kind, key -> new LinkedHashMap<>());
    String known = names.get(name);
    if (known != null) {
      return known;
    }
    String made = make(kind, names.size() + 1);
    names.put(name, made);
    words.putIfAbsent(name, made);
    return made;
  }

  @Override
  public synchronized @Nullable String known(String word) {
    return words.get(word);
  }

  /** How many names of each kind were replaced. */
  public synchronized Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    given.forEach((kind, names) -> counts.put(kind, names.size()));
    return counts;
  }

  private static String make(Kind kind, int number) {
    return switch (kind) {
      case ADDRESS ->
          "127.0.%d.%d"
              .formatted(
                  FIRST_ADDRESS_BLOCK + (number - 1) / ADDRESSES_PER_BLOCK,
                  (number - 1) % ADDRESSES_PER_BLOCK + 1);
      case FINGERPRINT ->
          "00:".repeat(FINGERPRINT_BYTES - 2)
              + "%02X:%02X".formatted(number >> Byte.SIZE, number & 0xFF);
      case CLUSTER, NODE, VM, STORAGE, GROUP, TAG, USER, REALM, TOKEN, TEXT ->
          kind.name().toLowerCase(Locale.ROOT) + "-" + number;
    };
  }
}
