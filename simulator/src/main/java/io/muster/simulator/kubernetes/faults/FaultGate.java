package io.muster.simulator.kubernetes.faults;

import io.muster.simulator.faults.Active;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.api.ApiError;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where faults befall requests: before anybody looks who asks. */
public final class FaultGate implements Handler {
  private final KubernetesFaults faults;
  private final Handler behind;

  public FaultGate(KubernetesFaults faults, Handler behind) {
    this.faults = faults;
    this.behind = behind;
  }

  @Override
  public void handle(Request request, Exchange exchange) throws IOException, InterruptedException {
    Active<KubernetesFault> active =
        faults.of(request.flag("watch") ? request.path() + "?watch" : request.path());
    if (active == null) {
      behind.handle(request, exchange);
      return;
    }
    switch (active.order().fault()) {
      case KubernetesFault.Hung _ -> {
        active.hold(exchange.gone());
        behind.handle(request, exchange);
      }
      case KubernetesFault.Slow(Duration by) -> {
        Active.pause(exchange.gone(), by);
        behind.handle(request, exchange);
      }
      case KubernetesFault.Status(int status, Long retryAfter) ->
          answer(exchange, status, retryAfter);
      case KubernetesFault.Dropped _ -> exchange.drop();
      case KubernetesFault.Truncated(int bytes) ->
          behind.handle(request, new TruncatedExchange(exchange, bytes));
      case KubernetesFault.WatchCut(boolean silently, boolean _) ->
          cut(active, request, exchange, silently);
      case KubernetesFault.Lasting _ -> behind.handle(request, exchange);
    }
  }

  private static void answer(Exchange exchange, int status, @Nullable Long retryAfter)
      throws IOException {
    ApiError error =
        switch (status) {
          case 401 -> ApiError.unauthorized();
          case 429 ->
              ApiError.of(
                  status,
                  "TooManyRequests",
                  "the server has received too many requests and has asked us to try again later");
          case 503 ->
              ApiError.of(
                  status,
                  "ServiceUnavailable",
                  "the server is currently unable to handle the request");
          case 504 ->
              ApiError.of(
                  status,
                  "Timeout",
                  "Timeout: request did not complete within the allotted timeout");
          default ->
              ApiError.of(
                  status,
                  status >= 500 ? "InternalError" : "Unknown",
                  "Internal error occurred: etcdserver: request timed out");
        };
    exchange.answer(
        error.answer(
            retryAfter == null ? Map.of() : Map.of("Retry-After", String.valueOf(retryAfter))));
  }

  /** Begins as if all were well. */
  private static void cut(
      Active<KubernetesFault> active, Request request, Exchange exchange, boolean silently)
      throws IOException {
    if (request.isWebSocket()) {
      exchange.webSocket("");
    } else {
      exchange.stream(200, "application/json").flush();
    }
    if (silently) {
      active.hold(exchange.gone());
    } else {
      exchange.drop();
    }
  }
}
