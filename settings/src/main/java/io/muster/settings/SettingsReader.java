package io.muster.settings;

import io.muster.protocol.Secret;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.configuration.Flags;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Quantities;
import io.muster.protocol.configuration.Spelling;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads typed values by key and keeps what is wrong with them. A blank value is an absent one. */
public final class SettingsReader {
  private final Variables variables;
  private final List<ConfigurationProblem> problems;
  private final Set<String> asked = new HashSet<>();

  public SettingsReader(Variables variables) {
    this.variables = variables;
    problems = new ArrayList<>(variables.problems());
  }

  public List<ConfigurationProblem> problems() {
    return problems;
  }

  public void problem(String key, String found, String expected) {
    problems.add(new ConfigurationProblem(variables.placeOf(key), null, key, found, expected));
  }

  public boolean isTold(String key) {
    return problems.stream().anyMatch(problem -> key.equals(problem.key()));
  }

  /** Every key that was asked for so far. */
  public Set<String> asked() {
    return asked;
  }

  /** Tells names in files that nobody asks for; in the environment they are somebody else's. */
  public void checkFileKeys(Pattern others) {
    variables
        .fileOfKey()
        .forEach((key, file) -> {
          if (!asked.contains(key) && !others.matcher(key).matches()) {
            String nearest = Spelling.nearest(key, asked);
            problems.add(
                new ConfigurationProblem(
                    file,
                    null,
                    key,
                    "an unknown key",
                    nearest == null
                        ? "a setting of this program, as docs/configuration.md lists them"
                        : "a known one; did you mean '" + nearest + "'?"));
          }
        });
  }

  public @Nullable String text(String key) {
    String value = raw(key);
    return value == null ? null : value.strip();
  }

  private @Nullable String raw(String key) {
    asked.add(key);
    return variables.get(key);
  }

  /** One of {@code words}, in any case; gives it in lower case. */
  public String word(String key, String fallback, List<String> words) {
    String value = text(key);
    if (value == null) {
      return fallback;
    }
    String word = value.toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      problem(key, Printable.text(value), "one of " + String.join(", ", words));
      return fallback;
    }
    return word;
  }

  public String text(String key, String fallback, Pattern pattern) {
    String value = text(key);
    if (value == null) {
      return fallback;
    }
    if (!pattern.matcher(value).matches()) {
      problem(key, Printable.text(value), "text that matches " + pattern.pattern());
      return fallback;
    }
    return value;
  }

  public @Nullable Path path(String key) {
    String value = text(key);
    if (value == null) {
      return null;
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      problem(key, Printable.text(value), "a path");
      return null;
    }
  }

  /** The value of {@code key}, or the content of the file that {@code key_FILE} names. */
  public @Nullable Secret secret(String key) {
    String value = raw(key);
    String fileKey = key + "_FILE";
    String file = text(fileKey);
    if (file == null) {
      return value == null ? null : new Secret(value);
    }
    if (value != null) {
      problem(fileKey, Printable.text(file), "only one of " + key + " and " + fileKey);
      return null;
    }
    try {
      String content = Files.readString(Path.of(file)).strip();
      if (content.isEmpty()) {
        problem(fileKey, Printable.text(file) + ", which is empty", "a file with the secret in it");
        return null;
      }
      return new Secret(content);
    } catch (IOException | RuntimeException e) {
      // InvalidPathException and a malformed encoding are the user's mistakes like a missing file.
      problem(fileKey, Printable.text(file), "a readable file (" + reason(e) + ")");
      return null;
    }
  }

  public @Nullable Duration duration(String key, Duration min, Duration max) {
    String value = text(key);
    if (value == null) {
      return null;
    }
    Duration duration = Quantities.duration(value);
    if (duration == null || duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      problem(
          key,
          Printable.text(value),
          "a duration such as 10s or 1m (plain numbers are seconds) from %d s to %d s"
              .formatted(min.toSeconds(), max.toSeconds()));
      return null;
    }
    return duration;
  }

  public long bytes(String key, long fallback, long min) {
    String value = text(key);
    if (value == null) {
      return fallback;
    }
    Long bytes = Quantities.bytes(value);
    if (bytes == null || bytes < min) {
      problem(
          key,
          Printable.text(value),
          "a size such as 1GiB or 512MiB (plain numbers are bytes), at least " + min + " bytes");
      return fallback;
    }
    return bytes;
  }

  public @Nullable Integer integer(String key, int min, int max) {
    String value = text(key);
    if (value == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number outside the range.
    }
    problem(key, Printable.text(value), "a whole number from " + min + " to " + max);
    return null;
  }

  public boolean flag(String key, boolean fallback) {
    String value = text(key);
    if (value == null) {
      return fallback;
    }
    Boolean flag = Flags.parse(value);
    if (flag == null) {
      problem(key, Printable.text(value), Flags.EXPECTED);
      return fallback;
    }
    return flag;
  }

  /** An absolute address of one of {@code schemes} with a host. */
  public @Nullable URI address(String key, Set<String> schemes) {
    String value = text(key);
    if (value == null) {
      return null;
    }
    try {
      URI uri = new URI(value).parseServerAuthority();
      if (uri.getScheme() != null
          && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below; the exception's own text would show a password in the address.
    }
    problem(
        key,
        Printable.address(value),
        "an address that starts with " + String.join(":// or ", schemes) + "://");
    return null;
  }

  private static String reason(Exception e) {
    return e instanceof IOException ? e.getClass().getSimpleName() : "not a valid path or text";
  }
}
