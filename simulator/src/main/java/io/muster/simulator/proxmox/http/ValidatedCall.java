package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call whose parameters passed the schema. */
record ValidatedCall(Caller caller, String entryNode, Map<String, List<String>> parameters)
    implements Call {
  ValidatedCall {
    parameters = Map.copyOf(parameters);
  }

  @Override
  public boolean has(String parameter) {
    return parameters.containsKey(parameter);
  }

  @Override
  public @Nullable String text(String parameter) {
    List<String> values = parameters.get(parameter);
    return values == null ? null : String.join("\0", values);
  }

  @Override
  public String required(String parameter) {
    String text = text(parameter);
    if (text == null) {
      throw new IllegalStateException(
          "The handler needs '" + parameter + "', which the schema does not require");
    }
    return text;
  }

  @Override
  public int number(String parameter, int otherwise) {
    return Math.toIntExact(longNumber(parameter, otherwise));
  }

  @Override
  public long longNumber(String parameter, long otherwise) {
    String text = text(parameter);
    return text == null ? otherwise : Long.parseLong(text);
  }

  @Override
  public boolean flag(String parameter, boolean otherwise) {
    String text = text(parameter);
    return text == null ? otherwise : text.equals("1");
  }

  @Override
  public List<String> all(String parameter) {
    return parameters.getOrDefault(parameter, List.of());
  }
}
