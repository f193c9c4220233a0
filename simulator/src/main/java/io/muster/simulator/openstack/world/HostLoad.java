package io.muster.simulator.openstack.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.openstack.model.Host;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What uptime(1) says on a host: its guests' processors are its load. */
public final class HostLoad {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A quarter of a year and some days for each host. */
  private static final int DAYS = 93;

  private HostLoad() {}

  /** Such as {@code " 10:48:21 up 93 days, 0:03, 1 user, load average: 0.13, 0.90, 0.80\n"}. */
  public static String uptime(Cloud cloud, Host host, Instant now) {
    int days = DAYS + Noise.below(DAYS, cloud.settings().seed(), host.number(), 21);
    long minutes = now.getEpochSecond() / 60 % (24 * 60);
    return String.format(
        Locale.ROOT,
        " %s up %d days, %d:%02d,  1 user,  load average: %.2f, %.2f, %.2f\n",
        TIME.format(now),
        days,
        minutes / 60,
        minutes % 60,
        load(cloud, host, now, Duration.ofMinutes(1)),
        load(cloud, host, now, Duration.ofMinutes(5)),
        load(cloud, host, now, Duration.ofMinutes(15)));
  }

  private static double load(Cloud cloud, Host host, Instant now, Duration over) {
    double sum = 0;
    for (Instance machine : cloud.living()) {
      InstanceState state = machine.state();
      if (host.name().equals(state.host()) && state.booted() != null) {
        sum += cloud.guest(machine).cpu(now.minus(over), now) * state.flavor().vcpus();
      }
    }
    return sum;
  }
}
