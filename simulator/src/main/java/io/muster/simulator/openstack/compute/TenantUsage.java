package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long projects had machines of which size. */
final class TenantUsage {
  private static final String PATH = "/v2.1/os-simple-tenant-usage";
  private static final String POLICY = "os_compute_api:os-simple-tenant-usage:";
  private static final double SECONDS_PER_HOUR = 3600;

  private final Cloud cloud;

  TenantUsage(Cloud cloud) {
    this.cloud = cloud;
  }

  List<Route> routes() {
    return List.of(
        Route.admin("GET", PATH, POLICY + "list", this::list),
        Route.user("GET", PATH + "/{project}", this::show));
  }

  private record Span(Instant from, Instant to) {
    double hours(InstanceState state) {
      Instant launched = state.launched();
      if (launched == null) {
        return 0;
      }
      Instant terminated = state.terminated();
      Instant begin = launched.isAfter(from) ? launched : from;
      Instant end = terminated == null || terminated.isAfter(to) ? to : terminated;
      return Math.max(0, Duration.between(begin, end).toMillis() / 1000.0 / SECONDS_PER_HOUR);
    }
  }

  private Span span(Call call) {
    Instant now = cloud.now();
    Instant end = moment(call.query("end"), now);
    return new Span(moment(call.query("start"), end), end);
  }

  private static Instant moment(@Nullable String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return text.length() <= 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      Refusal refusal = new Refusal(400, "Invalid start time. The start time must be a date.");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private Reply list(Call call) {
    Span span = span(call);
    ArrayNode rows = Nodes.array();
    for (Project project : cloud.projects()) {
      rows.add(usage(project.id(), span, call.flag("detailed")));
    }
    return Reply.ok(Nodes.object().set("tenant_usages", rows));
  }

  private Reply show(Call call) {
    String project = call.in("project");
    if (!project.equals(call.token().project())) {
      call.requireAdmin(POLICY + "show");
    }
    return Reply.ok(Nodes.object().set("tenant_usage", usage(project, span(call), true)));
  }

  private ObjectNode usage(String project, Span span, boolean detailed) {
    double hours = 0;
    double vcpus = 0;
    double memory = 0;
    double disk = 0;
    ArrayNode servers = Nodes.array();
    for (Instance machine : cloud.instances()) {
      InstanceState state = machine.state();
      double its = machine.spec().project().equals(project) ? span.hours(state) : 0;
      if (its > 0) {
        Flavor flavor = state.flavor();
        hours += its;
        vcpus += its * flavor.vcpus();
        memory += its * flavor.ramMb();
        disk += its * flavor.diskGb();
        servers.add(row(machine, its));
      }
    }
    ObjectNode usage = Nodes.object().put("tenant_id", project);
    if (detailed) {
      usage.set("server_usages", servers);
    }
    return usage
        .put("total_local_gb_usage", disk)
        .put("total_vcpus_usage", vcpus)
        .put("total_memory_mb_usage", memory)
        .put("total_hours", hours)
        .put("start", Nodes.micros(span.from()))
        .put("stop", Nodes.micros(span.to()));
  }

  private ObjectNode row(Instance machine, double hours) {
    InstanceState state = machine.state();
    Flavor flavor = state.flavor();
    Instant launched = state.launched();
    Instant terminated = state.terminated();
    Instant end = terminated == null ? cloud.now() : terminated;
    return Nodes.object()
        .put("hours", hours)
        .put("flavor", flavor.name())
        .put("instance_id", machine.id())
        .put("name", state.name())
        .put("tenant_id", machine.spec().project())
        .put("memory_mb", flavor.ramMb())
        .put("local_gb", flavor.diskGb())
        .put("vcpus", flavor.vcpus())
        .put("started_at", Nodes.micros(launched))
        .put("ended_at", Nodes.micros(terminated))
        .put("state", state.vm().word())
        .put("uptime", launched == null ? 0 : Duration.between(launched, end).toSeconds());
  }
}
