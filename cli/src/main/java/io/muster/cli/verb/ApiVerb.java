package io.muster.cli.verb;

import io.muster.cli.api.ControlApi;

/** A verb that asks a control API. */
public abstract class ApiVerb extends Verb {
  /** The exit code. */
  protected abstract int run(ControlApi api);

  @Override
  public final Integer call() {
    try (var api = connection().open()) {
      return run(api);
    }
  }
}
