package io.muster.simulator.openstack.api;

/** Answers the calls of a route; may wait. */
@FunctionalInterface
public interface Endpoint {
  Reply answer(Call call) throws InterruptedException;
}
