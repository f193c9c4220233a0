package io.muster.simulator.kubernetes.api;

import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.exec.ContainerProcess;
import io.muster.simulator.kubernetes.exec.Containers;
import io.muster.simulator.kubernetes.exec.SpdyStreams;
import io.muster.simulator.kubernetes.exec.WebSocketStreams;
import io.muster.simulator.kubernetes.model.ContainerState.Running;
import io.muster.simulator.kubernetes.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** {@code pods/exec}. */
final class Exec {
  private final Containers containers;

  Exec(Containers containers) {
    this.containers = containers;
  }

  void answer(Served<Pod> pods, Request request, ResourcePath path, Exchange exchange)
      throws ApiError, IOException, InterruptedException {
    Pod pod = pods.get(path);
    requireRunning(pod, request);
    List<String> command = request.query().getOrDefault("command", List.of());
    if (command.isEmpty()) {
      throw ApiError.badRequest("you must specify at least 1 command for the container");
    }
    boolean terminal = request.flag("tty");
    ContainerProcess process =
        new ContainerProcess(
            containers.folder(pod.meta().uid()), pod.meta().name(), command, terminal);
    if (request.isWebSocket()) {
      process.run(new WebSocketStreams(exchange.webSocket(WebSocketStreams.PROTOCOLS)));
    } else if (request.isSpdy()) {
      var socket = exchange.spdy(SpdyStreams.PROTOCOL, streams(request, terminal));
      socket.awaitStreams();
      process.run(new SpdyStreams(socket));
    } else {
      throw ApiError.badRequest("Upgrade request required");
    }
  }

  /** One for the end, one for each that is asked for, one for the size of a terminal. */
  private static int streams(Request request, boolean terminal) {
    long asked =
        Stream.of("stdin", "stdout", "stderr")
            .filter(name -> request.flag(name) && !(terminal && name.equals("stderr")))
            .count();
    return (int) asked + (terminal ? 2 : 1);
  }

  private static void requireRunning(Pod pod, Request request) throws ApiError {
    if (pod.isFinished()) {
      throw ApiError.badRequest(
          "cannot exec into a container in a completed pod; current phase is " + pod.phase());
    }
    String container = request.parameter("container");
    String first = pod.template().containers().getFirst().name();
    String wanted = container == null || container.isEmpty() ? first : container;
    if (pod.template().containers().stream().noneMatch(one -> one.name().equals(wanted))) {
      throw ApiError.badRequest(
          "container %s is not valid for pod %s".formatted(wanted, pod.meta().name()));
    }
    if (!(pod.state() instanceof Running) && wanted.equals(first)) {
      throw ApiError.of(
          500,
          "InternalError",
          "Internal error occurred: unable to upgrade connection: container not found (\""
              + wanted
              + "\")");
    }
  }
}
