package io.muster.settings;

import io.muster.protocol.configuration.ConfigurationProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file of one {@code NAME: value} a line. Values are taken as they are written: a secret of
 * digits alone, or a fingerprint with colons, is not made a number of.
 */
final class VariablesFile {
  private static final String EXPECTED_FILE = "a readable YAML file with NAME: value on each line";

  private VariablesFile() {}

  /** What stands in a file, and what is wrong with it. No problem shows a value. */
  record Content(Map<String, String> values, List<ConfigurationProblem> problems) {
    Content {
      values = new LinkedHashMap<>(values);
      problems = List.copyOf(problems);
    }

    static Content unreadable(String name, String found) {
      return new Content(
          Map.of(), List.of(new ConfigurationProblem(name, null, null, found, EXPECTED_FILE)));
    }
  }

  /**
   * Reads it.
   *
   * @param name what it is called in problems
   * @param mustExist false: a file that is not there is an empty one
   */
  static Content read(Path file, String name, boolean mustExist) {
    try (var text = Files.newBufferedReader(file)) {
      return content(name, new Yaml(new SafeConstructor(new LoaderOptions())).compose(text));
    } catch (NoSuchFileException e) {
      return mustExist
          ? Content.unreadable(name, "no such file")
          : new Content(Map.of(), List.of());
    } catch (MarkedYAMLException e) {
      // Its own message quotes the lines around, with the secrets in them.
      var mark = e.getProblemMark();
      return Content.unreadable(
          name,
          mark == null
              ? "what is not YAML"
              : "what is not YAML in line %d, column %d"
                  .formatted(mark.getLine() + 1, mark.getColumn() + 1));
    } catch (YAMLException e) {
      return Content.unreadable(name, "what is not YAML");
    } catch (IOException e) {
      return Content.unreadable(
          name, "a file that can't be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Content content(String name, Node root) {
    if (!(root instanceof MappingNode mapping)) {
      // An empty file, or one of comments alone, has nothing in it.
      return root == null || root.getTag().equals(Tag.NULL)
          ? new Content(Map.of(), List.of())
          : Content.unreadable(name, "no names in it");
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      String place = name + ":" + (entry.getKeyNode().getStartMark().getLine() + 1);
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!(entry.getValueNode() instanceof ScalarNode value)) {
        problems.add(
            new ConfigurationProblem(
                place, null, key, "a list or an object", "a plain value: NAME: value"));
      } else if (values.putIfAbsent(key, text(value)) != null) {
        problems.add(new ConfigurationProblem(place, null, key, "it once more", "it once"));
      }
    }
    return new Content(values, problems);
  }

  private static String text(ScalarNode value) {
    return value.getTag().equals(Tag.NULL) ? "" : value.getValue();
  }
}
