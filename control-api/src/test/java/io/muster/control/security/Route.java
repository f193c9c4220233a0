package io.muster.control.security;

import java.util.function.Function;

/**
 * A route of the table.
 *
 * @param template as the router has it
 * @param path one that is there, of the tenant that the fixture is about
 * @param body JSON that is right, so that nothing but the caller decides
 * @param ofOne whether it names one thing of the tenant, which is 404 for others
 */
record Route(
    String method,
    String template,
    Access access,
    Function<Fixture, String> path,
    String body,
    boolean ofOne) {
  static Route of(String method, String path, Access access) {
    return new Route(method, path, access, fixture -> path, "{}", false);
  }

  static Route one(String method, String template, Access access, Function<Fixture, String> path) {
    return new Route(method, template, access, path, "{}", true);
  }

  Route with(String json) {
    return new Route(method, template, access, path, json.replace('\'', '"'), ofOne);
  }

  String key() {
    return method + " " + template;
  }
}
