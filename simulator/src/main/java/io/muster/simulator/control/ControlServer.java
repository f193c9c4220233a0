package io.muster.simulator.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plain HTTP with JSON on loopback: whoever can reach it may do everything. */
public final class ControlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ObjectMapper json = new ObjectMapper();

  private ControlServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param port 0 takes a free one
   */
  public static ControlServer start(int port, List<Verb> verbs) throws IOException {
    return start(port, Map.of("", verbs));
  }

  /**
   * Starts to listen on 127.0.0.1.
   *
   * @param port 0 takes a free one
   * @param verbs by what stands before their paths, such as {@code /clusters/1}, or nothing
   */
  public static ControlServer start(int port, Map<String, List<Verb>> verbs) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    ControlServer control = new ControlServer(HttpServer.create(address, 0));
    verbs.forEach((base, those) ->
        control.server.createContext(
            base + "/", exchange -> control.answer(exchange, base, List.copyOf(those))));
    control.server.setExecutor(control.threads);
    control.server.start();
    return control;
  }

  /** Such as {@code http://127.0.0.1:18099/control}. */
  public URI url() {
    return url("");
  }

  /** The address of the verbs under a base, such as {@code /clusters/1}. */
  public URI url(String base) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + base + "/control");
  }

  private void answer(HttpExchange exchange, String base, List<Verb> verbs) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath().substring(base.length());
      for (Verb verb : verbs) {
        Map<String, String> parameters = verb.match(method, path);
        if (parameters != null) {
          run(exchange, verb, arguments(parameters, exchange.getRequestURI()));
          return;
        }
      }
      send(
          exchange,
          404,
          Map.of(
              "error",
              "Nothing does '" + method + " " + path + "' here",
              "verbs",
              verbs.stream()
                  .map(verb -> verb.method() + " " + verb.path() + ": " + verb.does())
                  .toList()));
    }
  }

  private void run(HttpExchange exchange, Verb verb, Arguments arguments) throws IOException {
    try {
      Object result = verb.action().run(arguments);
      send(exchange, 200, result == null ? Map.of("done", true) : result);
    } catch (IllegalArgumentException e) {
      send(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", verb.method(), verb.path(), e);
      send(exchange, 500, Map.of("error", "The simulator failed: " + e));
    }
  }

  private static Arguments arguments(Map<String, String> inPath, URI uri) {
    Map<String, String> parameters = new HashMap<>();
    new QueryStringDecoder(uri)
        .parameters()
        .forEach((name, values) -> parameters.put(name, values.getFirst()));
    parameters.putAll(inPath);
    return new Arguments(parameters);
  }

  private void send(HttpExchange exchange, int status, @Nullable Object body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
