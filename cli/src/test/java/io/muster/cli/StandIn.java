package io.muster.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Answers what a test tells it to: for what is the command line's own, not for the API's rules. */
final class StandIn implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Queue<Reply>> replies = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();

  record Reply(int status, String type, String body, Map<String, String> headers) {}

  record Request(String line, String query, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join(",", headers.getOrDefault(name, List.of()));
    }
  }

  StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Once; the last one told stays. */
  StandIn on(String methodAndPath, int status, String json) {
    return on(methodAndPath, new Reply(status, "application/json", json, Map.of()));
  }

  StandIn on(String methodAndPath, Reply reply) {
    replies.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(reply);
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  Request only(String methodAndPath) {
    var found = requests.stream().filter(r -> r.line().equals(methodAndPath)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + methodAndPath + " among " + requests);
    }
    return found.getFirst();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var host = uri.getHost() == null ? "" : "http://" + uri.getHost();
    var path = host + uri.getRawPath().replaceFirst("^/api/v1", "");
    var line = exchange.getRequestMethod() + " " + path;
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var query = exchange.getRequestURI().getQuery();
    requests.add(
        new Request(
            line, query == null ? "" : query, Map.copyOf(exchange.getRequestHeaders()), body));
    var queue = replies.getOrDefault(line, new ArrayDeque<>());
    var reply = queue.size() > 1 ? queue.remove() : queue.peek();
    if (reply == null) {
      reply = new Reply(404, "text/html", "<html>nothing here</html>", Map.of());
    }
    exchange.getResponseHeaders().add("Content-Type", reply.type());
    reply.headers().forEach(exchange.getResponseHeaders()::add);
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
