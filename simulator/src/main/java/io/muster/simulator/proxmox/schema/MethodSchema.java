package io.muster.simulator.proxmox.schema;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One method of the API in one release. */
public final class MethodSchema {
  private static final Pattern INDEXED = Pattern.compile("^([a-z]+)\\d+$");

  private final String key;
  private final Needs needs;
  private final boolean runsInWorker;
  private final @Nullable String nodeParameter;
  private final boolean closedToTokens;
  private final Map<String, ParameterSchema> parameters;

  MethodSchema(
      String key,
      Needs needs,
      boolean runsInWorker,
      @Nullable String nodeParameter,
      boolean closedToTokens,
      Map<String, ParameterSchema> parameters) {
    this.key = key;
    this.needs = needs;
    this.runsInWorker = runsInWorker;
    this.nodeParameter = nodeParameter;
    this.closedToTokens = closedToTokens;
    this.parameters = Map.copyOf(parameters);
  }

  /** Method and path template, such as {@code GET /nodes/{node}/status}. */
  public String key() {
    return key;
  }

  public Needs needs() {
    return needs;
  }

  /** Whether it runs behind the entry process ({@code protected} in Proxmox's schema). */
  public boolean runsInWorker() {
    return runsInWorker;
  }

  /** The parameter that names the node which must answer, or null when the entry node does. */
  public @Nullable String nodeParameter() {
    return nodeParameter;
  }

  public boolean closedToTokens() {
    return closedToTokens;
  }

  Map<String, ParameterSchema> parameters() {
    return parameters;
  }

  /** The definition of a parameter, {@code net0} being found under {@code net[n]}; or null. */
  @Nullable ParameterSchema parameter(String name) {
    ParameterSchema exact = parameters.get(name);
    if (exact != null) {
      return exact;
    }
    var indexed = INDEXED.matcher(name);
    return indexed.matches() ? parameters.get(indexed.group(1) + "[n]") : null;
  }
}
