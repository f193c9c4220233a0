package io.muster.control.server;

import io.muster.protocol.KubeConfigRules;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.inventory.FieldProblem;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A kubeconfig from elsewhere runs nothing and reads no file of the agent's machine. */
final class KubeConfigCheck {
  /** Some hundred clusters with their certificates. */
  private static final int MAX_CHARACTERS = 256 << 10;

  /** A kubeconfig is five levels deep. */
  private static final int MAX_DEPTH = 20;

  private static final String KEY = "kubeConfig";
  private static final String HIDDEN = "a text (not shown)";

  private KubeConfigCheck() {}

  static void tell(Access.KubeConfig config, List<FieldProblem> problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    Object content;
    try {
      content = new Yaml(new SafeConstructor(options)).load(config.text().reveal());
    } catch (YAMLException e) {
      // Its own text quotes what it can't read.
      problems.add(new FieldProblem(KEY, HIDDEN, "a kubeconfig in YAML, at most 256 KiB"));
      return;
    }
    if (!(content instanceof Map<?, ?> map)) {
      problems.add(new FieldProblem(KEY, HIDDEN, "a kubeconfig in YAML"));
      return;
    }
    List<String> forbidden = KubeConfigRules.forbidden(map);
    if (!forbidden.isEmpty()) {
      problems.add(
          new FieldProblem(
              KEY,
              String.join(", ", forbidden),
              "a kubeconfig that holds everything itself and runs nothing (`kubectl config view"
                  + " --raw --flatten` prints one)"));
    }
  }
}
