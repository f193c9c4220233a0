package io.muster.settings;

import io.muster.protocol.configuration.ConfigurationProblem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is set under each name: by the environment, and for what it leaves open by {@code
 * application.yml}. Set but blank is not set. Holds secrets, so it is never printed.
 */
public final class Variables {
  /** Read in the working folder, when it is there. */
  public static final String USUAL_FILE = "application.yml";

  /** Names the files to read in place of the usual one; with commas, the later ones win. */
  public static final String FILES_KEY = "MICRONAUT_CONFIG_FILES";

  private static final String FILE_PREFIX = "file:";
  private static final String OF_FILE = "_FILE";

  /** A setting that was renamed: the environment's older name wins over a file's newer one. */
  private static final Map<String, String> NEWER_NAMES =
      Map.of("METRICS_HISTORY_MINUTES", "MUSTER_RETENTION_DAYS");

  private final Map<String, String> environment;
  private final Map<String, Standing> values;
  private final Map<String, String> fileOfKey;
  private final List<ConfigurationProblem> problems;

  private record Standing(String value, String place) {}

  private Variables(
      Map<String, String> environment,
      Map<String, Standing> values,
      Map<String, String> fileOfKey,
      List<ConfigurationProblem> problems) {
    this.environment = Map.copyOf(environment);
    this.values = Map.copyOf(values);
    this.fileOfKey = new TreeMap<>(fileOfKey);
    this.problems = List.copyOf(problems);
  }

  /** Those of the environment alone. */
  public static Variables of(Map<String, String> environment) {
    return new Variables(environment, standing(environment), Map.of(), List.of());
  }

  /**
   * Those of the environment, and of the files for what it leaves open.
   *
   * @param folder that relative paths start from: the working folder
   */
  public static Variables read(Map<String, String> environment, Path folder) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    Map<String, Standing> fromFiles = new LinkedHashMap<>();
    Map<String, String> fileOfKey = new HashMap<>();
    String named = environment.getOrDefault(FILES_KEY, "");
    boolean usual = named.isBlank();
    for (String name : usual ? List.of(USUAL_FILE) : names(named)) {
      VariablesFile.Content content = content(folder, name, !usual);
      problems.addAll(content.problems());
      content
          .values()
          .forEach((key, value) -> {
            fileOfKey.put(key, name);
            if (!value.isBlank()) {
              fromFiles.keySet().removeIf(other -> setting(other).equals(setting(key)));
              fromFiles.put(key, new Standing(value, name));
            }
          });
    }
    Map<String, Standing> values = standing(environment);
    Set<String> taken = new HashSet<>();
    values.keySet().forEach(key -> taken.add(setting(key)));
    fromFiles.forEach((key, standing) -> {
      if (!taken.contains(setting(key))) {
        values.put(key, standing);
      }
    });
    return new Variables(environment, values, fileOfKey, problems);
  }

  /** The same, with one value that was given elsewhere and wins. */
  public Variables with(String key, String value, String place) {
    Map<String, Standing> more = new HashMap<>(values);
    more.put(key, new Standing(value, place));
    return new Variables(environment, more, fileOfKey, problems);
  }

  /** Null = not set. */
  public @Nullable String get(String key) {
    Standing standing = values.get(key);
    return standing == null ? null : standing.value();
  }

  /** The file, or {@link ConfigurationProblem#ENVIRONMENT}, where {@code key} is or would be. */
  public String placeOf(String key) {
    Standing standing = values.get(key);
    return standing == null ? ConfigurationProblem.ENVIRONMENT : standing.place();
  }

  /** Every name that is set, in no order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** The environment alone, for {@code ${NAME}} in the inventory file. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Every name that stands in a file, in force or not, with that file. */
  Map<String, String> fileOfKey() {
    return fileOfKey;
  }

  /** What is wrong with the files themselves. */
  List<ConfigurationProblem> problems() {
    return problems;
  }

  private static Map<String, Standing> standing(Map<String, String> environment) {
    Map<String, Standing> values = new HashMap<>();
    environment.forEach((key, value) -> {
      // Compose files set what is not given to the empty text.
      if (!value.isBlank()) {
        values.put(key, new Standing(value, ConfigurationProblem.ENVIRONMENT));
      }
    });
    return values;
  }

  private static List<String> names(String named) {
    return Arrays.stream(named.split(",", -1))
        .map(String::strip)
        .map(name -> name.startsWith(FILE_PREFIX) ? name.substring(FILE_PREFIX.length()) : name)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static VariablesFile.Content content(Path folder, String name, boolean mustExist) {
    try {
      return VariablesFile.read(folder.resolve(name), name, mustExist);
    } catch (InvalidPathException e) {
      return VariablesFile.Content.unreadable(name, "no valid path");
    }
  }

  /** The same for all names of one setting: its own, the older one, {@code …_FILE}, lower case. */
  private static String setting(String key) {
    String upper = key.toUpperCase(Locale.ROOT);
    String name =
        upper.endsWith(OF_FILE) ? upper.substring(0, upper.length() - OF_FILE.length()) : upper;
    return NEWER_NAMES.getOrDefault(name, name);
  }
}
