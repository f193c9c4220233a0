package io.muster.simulator.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The methods that one release has, as far as they are simulated. */
public final class ApiSchema {
  private final List<Template> templates;

  private ApiSchema(List<Template> templates) {
    this.templates = List.copyOf(templates);
  }

  /** Reads the bundled description. */
  public static ApiSchema of(Release release) {
    try (InputStream in = ApiSchema.class.getResourceAsStream("methods.json")) {
      if (in == null) {
        throw new IllegalStateException("methods.json is missing beside " + ApiSchema.class);
      }
      JsonNode root = new ObjectMapper().readTree(in);
      SchemaReader reader = new SchemaReader(release, root.path("shared"));
      List<Template> templates = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : root.path("methods").properties()) {
        MethodSchema method = reader.method(entry.getKey(), entry.getValue());
        if (method != null) {
          templates.add(Template.of(method));
        }
      }
      return new ApiSchema(templates);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the description of the API", e);
    }
  }

  /** The method that a decoded path names, or null when this release has none. */
  public @Nullable Match find(String httpMethod, String path) {
    String[] parts = split(path);
    for (Template template : templates) {
      Map<String, String> values = template.match(httpMethod, parts);
      if (values != null) {
        return new Match(template.method(), values);
      }
    }
    return null;
  }

  /** Method and path template of everything that this release has. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>();
    templates.forEach(template -> keys.add(template.method().key()));
    return keys;
  }

  private static String[] split(String path) {
    String trimmed = path.replaceAll("^/+|/+$", "");
    return trimmed.split("/+", -1);
  }

  /** A method, and the parameters that stood in the path. */
  public record Match(MethodSchema method, Map<String, String> pathParameters) {
    public Match {
      pathParameters = Map.copyOf(pathParameters);
    }
  }

  private record Template(MethodSchema method, String httpMethod, List<String> parts) {
    static Template of(MethodSchema method) {
      String[] words = method.key().split(" ", 2);
      return new Template(method, words[0], List.of(split(words[1])));
    }

    @Nullable Map<String, String> match(String calledMethod, String[] called) {
      if (!httpMethod.equals(calledMethod) || parts.size() != called.length) {
        return null;
      }
      Map<String, String> values = new HashMap<>();
      for (int i = 0; i < called.length; i++) {
        String part = parts.get(i);
        if (part.startsWith("{")) {
          values.put(part.substring(1, part.length() - 1), called[i]);
        } else if (!part.equals(called[i])) {
          return null;
        }
      }
      return values;
    }
  }
}
