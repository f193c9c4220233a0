package io.muster.simulator.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be done through the control endpoint.
 *
 * @param path with parameters in braces, such as {@code /control/nodes/{node}/stop}
 * @param does one sentence for whoever asked for something else
 */
public record Verb(String method, String path, String does, Action action) {

  /** What happens; an {@link IllegalArgumentException} says that the caller asked wrongly. */
  @FunctionalInterface
  public interface Action {
    /**
     * Carries it out.
     *
     * @param arguments from path and query
     * @return what is answered as JSON, or null for {@code {"done":true}}
     */
    @Nullable Object run(Arguments arguments);
  }

  /** One that has nothing to tell but that it is done. */
  public static Verb post(String path, String does, Consumer<Arguments> deed) {
    return new Verb(
        "POST",
        path,
        does,
        arguments -> {
          deed.accept(arguments);
          return null;
        });
  }

  /** The parameters of a path that fits, else null. */
  @Nullable Map<String, String> match(String calledMethod, String calledPath) {
    List<String> wanted = List.of(path.split("/", -1));
    List<String> called = List.of(calledPath.split("/", -1));
    if (!method.equals(calledMethod) || wanted.size() != called.size()) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String part = wanted.get(i);
      if (part.startsWith("{")) {
        parameters.put(part.substring(1, part.length() - 1), called.get(i));
      } else if (!part.equals(called.get(i))) {
        return null;
      }
    }
    return parameters;
  }
}
