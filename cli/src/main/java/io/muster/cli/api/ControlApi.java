package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A control API, spoken to as somebody. */
public final class ControlApi implements AutoCloseable {
  /** A test through a site's agent takes half a minute at worst, a preview asks 50 servers. */
  private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(2);

  /** The largest page that is answered. */
  private static final int PAGE_SIZE = 1000;

  private static final String WALK_START = "start";

  private final ControlAddress address;
  private final Transport transport;
  private final Bearer bearer;

  ControlApi(ControlAddress address, Transport transport, Bearer bearer) {
    this.address = address;
    this.transport = transport;
    this.bearer = bearer;
  }

  public ControlAddress address() {
    return address;
  }

  /**
   * Does it, and waits for the answer.
   *
   * @throws ControlException when it was not reached, or refused
   */
  public Reply send(Call call) {
    var answer = exchange(request(call).build(), HttpResponse.BodyHandlers.ofByteArray());
    var reply = new Reply(answer, answer.body());
    if (answer.statusCode() / 100 == 2) {
      return reply;
    }
    throw refusal(answer, reply);
  }

  /** Everything of a paged list, in its order. */
  public ArrayNode all(Call list) {
    return list(list).items();
  }

  /** The same, with what stands beside the items. */
  public Listing list(Call list) {
    var items = JsonNodeFactory.instance.arrayNode();
    JsonNode first = MissingNode.getInstance();
    for (var page = 0; ; page++) {
      var answer = send(list.with("page", page).with("size", PAGE_SIZE)).json();
      var part = answer.isArray() ? answer : answer.path("items");
      part.forEach(items::add);
      first = page == 0 ? answer : first;
      if (answer.isArray() || part.isEmpty() || items.size() >= answer.path("total").asLong()) {
        return new Listing(items, first);
      }
    }
  }

  /**
   * Everything of a list that has a walk: what comes or goes meanwhile makes nothing else be missed
   * or read twice.
   */
  public Listing walk(Call list) {
    var items = JsonNodeFactory.instance.arrayNode();
    JsonNode first = MissingNode.getInstance();
    for (var after = WALK_START; after != null; ) {
      var answer = send(list.with("after", after).with("size", PAGE_SIZE)).json();
      answer.path("items").forEach(items::add);
      first = first.isMissingNode() ? answer : first;
      after = answer.hasNonNull("next") ? answer.path("next").asText() : null;
    }
    return new Listing(items, first);
  }

  /**
   * Listens to what happens.
   *
   * @param after the id of the last event that is known; null = from now on
   * @throws ControlException when it was not reached, or refused
   */
  public EventStream listen(Call call, @Nullable String after) {
    var request = request(call);
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    var answer = exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    var type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() == 200 && type.startsWith(call.accepted())) {
      return new EventStream(address, answer.body());
    }
    try (var body = answer.body()) {
      throw refusal(answer, new Reply(answer, body.readAllBytes()));
    } catch (IOException broken) {
      throw transport.explain(address, broken);
    }
  }

  private HttpRequest.Builder request(Call call) {
    var request =
        transport
            .request(address.resolve(call.pathAndQuery()))
            .header("Accept", call.accepted() + ", application/problem+json")
            .method(call.method(), call.body());
    var type = call.contentType();
    if (type != null) {
      request.header("Content-Type", type);
    }
    var version = call.ifMatch();
    if (version != null) {
      request.header("If-Match", version);
    }
    var token = bearer.token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** The client's own time-out ends at the headers: a body may hang, too. */
  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> reading) {
    var coming = transport.client().sendAsync(request, reading);
    try {
      return coming.get(ANSWER_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw transport.explain(address, failed.getCause());
    } catch (TimeoutException late) {
      coming.cancel(true);
      throw new ControlException(
          "The control API at %s did not answer %s %s within %d s. Whether it was done is not known: look before trying again."
              .formatted(
                  address, request.method(), request.uri().getPath(), ANSWER_PATIENCE.toSeconds()),
          late);
    } catch (InterruptedException ended) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new ControlException("Interrupted.", ended);
    }
  }

  private ControlException refusal(HttpResponse<?> answer, Reply reply) {
    var status = answer.statusCode();
    var where = answer.headers().firstValue("Location").orElse("");
    if (status / 100 == 3) {
      return new ControlException(
          "%s sends on to %s instead of answering. Name the control API's own address in MUSTER_URL."
              .formatted(address, where),
          null);
    }
    if (!reply.isJson()) {
      return new ControlException(
          "%s answers %d, and not as a control API does. Is the address right, path included?"
              .formatted(answer.uri(), status),
          null);
    }
    var refusal = Refusal.read(status, reply.json());
    return new ControlException(refusal, advice(refusal, answer));
  }

  private String advice(Refusal refusal, HttpResponse<?> answer) {
    return switch (refusal.status()) {
      case 401 -> bearer.adviceWhenRefused();
      case 409 -> refusal.code().equals("agent-not-connected") ? adviceOnAgents() : "";
      case 412, 428 -> "Somebody changed it meanwhile: look at it, and try again.";
      case 429 ->
          answer
              .headers()
              .firstValue("Retry-After")
              .map("Too many tries: wait %s s."::formatted)
              .orElse("Too many tries: wait a minute.");
      case 503 -> refusal.code().equals("agent-not-connected") ? adviceOnAgents() : "";
      default -> "";
    };
  }

  private static String adviceOnAgents() {
    return "Only a site's own agent reaches its servers. Which are connected: muster sites list";
  }

  @Override
  public void close() {
    transport.client().shutdownNow();
  }
}
