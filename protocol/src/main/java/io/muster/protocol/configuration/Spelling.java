package io.muster.protocol.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
public final class Spelling {
  /** More slips than a third of the word make another word. */
  private static final int LETTERS_PER_SLIP = 3;

  private Spelling() {}

  /** The nearest of {@code known}, or null when none is near. */
  public static @Nullable String nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> slips(word, candidate) <= Math.max(1, allowed(word, candidate)))
        .min(
            Comparator.<String>comparingInt(candidate -> slips(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  private static int allowed(String word, String candidate) {
    return Math.max(word.length(), candidate.length()) / LETTERS_PER_SLIP;
  }

  /** Levenshtein distance, blind to case, hyphens and underscores. */
  private static int slips(String first, String second) {
    String a = plain(first);
    String b = plain(second);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }

  private static String plain(String word) {
    return word.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
