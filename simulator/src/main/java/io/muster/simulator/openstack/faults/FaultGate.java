package io.muster.simulator.openstack.faults;

import io.muster.simulator.faults.Active;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Request;
import io.muster.simulator.openstack.api.Gateway;
import io.muster.simulator.openstack.api.Service;
import java.io.IOException;
import java.time.Duration;

/** Where faults befall requests: before anybody looks who asks. */
public final class FaultGate implements Handler {
  private final OpenStackFaults faults;
  private final Handler behind;

  public FaultGate(OpenStackFaults faults, Handler behind) {
    this.faults = faults;
    this.behind = behind;
  }

  @Override
  public void handle(Request request, Exchange exchange) throws IOException, InterruptedException {
    Service service = Service.at(request.path());
    Active<OpenStackFault> active = service == null ? null : faults.of(service, request.path());
    if (service == null || active == null) {
      behind.handle(request, exchange);
      return;
    }
    switch (active.order().fault()) {
      case OpenStackFault.Hung _ -> {
        active.hold(exchange.gone());
        behind.handle(request, exchange);
      }
      case OpenStackFault.Slow(Duration by) -> {
        Active.pause(exchange.gone(), by);
        behind.handle(request, exchange);
      }
      case OpenStackFault.Status(int status, Long retryAfter) ->
          exchange.answer(Gateway.failure(service, status, retryAfter));
      case OpenStackFault.Dropped _ -> exchange.drop();
      case OpenStackFault.Lasting _, OpenStackFault.TokenExpired _ ->
          behind.handle(request, exchange);
    }
  }
}
