package io.muster.cli.account;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.text.UsageException;
import java.util.UUID;

/** Things that routes name by id alone, and people by name. */
final class ByName {
  private ByName() {}

  /**
   * The path of one of them.
   *
   * @param key where its name stands
   */
  static String path(ControlApi api, String route, String key, String nameOrId) {
    return route + "/" + id(api, route, key, nameOrId);
  }

  private static String id(ControlApi api, String route, String key, String nameOrId) {
    try {
      return UUID.fromString(nameOrId).toString();
    } catch (IllegalArgumentException isAName) {
      return api.all(Call.get(route))
          .valueStream()
          .filter(one -> one.path(key).asText().equals(nameOrId))
          .findFirst()
          .orElseThrow(() ->
              new UsageException(
                  "There is no \"%s\" among %s.".formatted(nameOrId, route.substring(1))))
          .path("id")
          .asText();
    }
  }
}
