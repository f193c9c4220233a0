package io.muster.control;

import io.muster.control.settings.ControlSettings;
import io.muster.control.settings.DatabaseSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our settings in the words of the libraries. */
final class ControlProperties {
  /** A file of 1 MiB to import, as a form: more is nothing that is sent here. */
  private static final int MAX_BODY_BYTES = 1_200_000;

  /** A token, a proxy's words about it, and room. */
  private static final int MAX_HEADER_BYTES = 16 << 10;

  /** An address with every filter there is. */
  private static final int MAX_LINE_BYTES = 8 << 10;

  /** A server's settings have three levels; more is an attack on the parser. */
  private static final int MAX_JSON_DEPTH = 32;

  /** Requests run on virtual threads, so this is what bounds the work in the database. */
  private static final int MAX_CONNECTIONS = 8;

  private ControlProperties() {}

  static Map<String, Object> of(ControlSettings settings, int port, int managementPort) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.application.name", "muster-control");
    server(properties, settings, port, managementPort);
    database(properties, settings.database());
    management(properties, managementPort);
    security(properties);
    return properties;
  }

  private static void security(Map<String, Object> properties) {
    properties.put("micronaut.security.enabled", true);
    // What is not there is 404, also without a token: the routes are no secret.
    properties.put("micronaut.security.reject-not-found", false);
    // Nobody asks us about tokens.
    properties.put("micronaut.security.endpoints.introspection.enabled", false);
    String pages = "micronaut.router.static-resources.";
    properties.put(pages + "api.paths", "classpath:META-INF/swagger");
    properties.put(pages + "api.mapping", "/swagger/**");
    properties.put(pages + "ui.paths", "classpath:META-INF/swagger/views/swagger-ui");
    properties.put(pages + "ui.mapping", "/swagger-ui/**");
    properties.put(
        "micronaut.security.intercept-url-map",
        List.of(anybody("/swagger/**"), anybody("/swagger-ui/**"), anybody("/swagger-ui")));
  }

  private static Map<String, Object> anybody(String pattern) {
    return Map.of("pattern", pattern, "access", List.of("isAnonymous()"));
  }

  private static void server(
      Map<String, Object> properties, ControlSettings settings, int port, int managementPort) {
    String listeners = "micronaut.server.netty.listeners.";
    properties.put(listeners + "api.host", settings.address());
    properties.put(listeners + "api.port", port);
    properties.put(listeners + "management.host", settings.managementAddress());
    properties.put(listeners + "management.port", managementPort);
    properties.put(listeners + "management.expose-default-routes", false);
    properties.put("micronaut.server.thread-selection", "BLOCKING");
    properties.put("micronaut.server.max-request-size", MAX_BODY_BYTES);
    properties.put("micronaut.server.netty.max-header-size", MAX_HEADER_BYTES);
    properties.put("micronaut.server.netty.max-initial-line-length", MAX_LINE_BYTES);
    properties.put("micronaut.serde.maximum-nesting-depth", MAX_JSON_DEPTH);
    properties.put("micronaut.serde.deserialization.ignore-unknown", false);
    properties.put("micronaut.serde.serialization.inclusion", "ALWAYS");
  }

  private static void database(Map<String, Object> properties, DatabaseSettings database) {
    String source = "datasources.default.";
    properties.put(source + "url", database.url());
    String user = database.user();
    if (user != null) {
      properties.put(source + "username", user);
    }
    var password = database.password();
    properties.put(source + "password", password == null ? "" : password.reveal());
    properties.put(
        source + "driver-class-name",
        database.isPostgreSql() ? "org.postgresql.Driver" : "org.h2.Driver");
    properties.put(source + "dialect", "POSTGRES");
    properties.put(source + "maximum-pool-size", MAX_CONNECTIONS);
    properties.put(source + "minimum-idle", 1);
    properties.put("flyway.datasources.default.enabled", true);
  }

  private static void management(Map<String, Object> properties, int managementPort) {
    properties.put("endpoints.all.enabled", false);
    properties.put("endpoints.all.port", managementPort);
    properties.put("endpoints.health.enabled", true);
    properties.put("endpoints.health.sensitive", false);
    properties.put("endpoints.health.details-visible", "ANONYMOUS");
    properties.put("endpoints.prometheus.enabled", true);
    properties.put("endpoints.prometheus.sensitive", false);
    properties.put("micronaut.metrics.enabled", true);
    properties.put("micronaut.metrics.export.prometheus.enabled", true);
  }
}
