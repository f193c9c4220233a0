package io.muster.cli.size;

import io.muster.cli.text.UsageException;
import io.muster.cli.verb.Verb;
import io.muster.cli.verb.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster size}: what an inventory costs a day. */
@Command(
    name = "size",
    description = {
      "Estimates what QuestDB takes on disk for the inventory of the control API; with numbers,"
          + " for one that is not there yet.",
      "Rows that come by the clock are counted, at most as many as there can be. Keep a third of"
          + " the disk free for what is being written."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster size",
      "  muster size --vms 5000 --nodes 500 --servers 20",
      "  muster size --provider kubernetes --vms 10000 --nodes 100 --interval 1m",
      "  muster size --days 30 --json | jq .bytesOnDisk"
    })
public final class SizeCommand extends Verb {
  /** As the agent keeps rows unless MUSTER_RETENTION_DAYS says otherwise. */
  private static final int DEFAULT_DAYS = 7;

  /** As the agent keeps hours unless MUSTER_RETENTION_HOURLY_DAYS says otherwise. */
  private static final int DEFAULT_HOURLY_DAYS = 730;

  @Option(names = "--vms", paramLabel = "<number>", description = "Guests, pods, instances.")
  private @Nullable Long vms;

  @Option(names = "--nodes", paramLabel = "<number>", description = "Hypervisors, nodes.")
  private @Nullable Long nodes;

  @Option(
      names = "--servers",
      paramLabel = "<number>",
      description = "Clusters or clouds; 1 if not given.")
  private @Nullable Long servers;

  @Option(
      names = "--provider",
      paramLabel = "<provider>",
      description = "proxmox, kubernetes or openstack; proxmox if not given.")
  private @Nullable String provider;

  @Option(
      names = "--interval",
      paramLabel = "<time>",
      description = "Time between two polls; the provider's own if not given.")
  private @Nullable String interval;

  @Option(
      names = "--days",
      paramLabel = "<number>",
      description = "How long rows are kept; " + DEFAULT_DAYS + " if not given.")
  private int days = DEFAULT_DAYS;

  @Option(
      names = "--hourly-days",
      paramLabel = "<number>",
      description = "How long hours are kept; " + DEFAULT_HOURLY_DAYS + " if not given.")
  private int hourlyDays = DEFAULT_HOURLY_DAYS;

  @Override
  public Integer call() {
    var cost = new Cost(fleets(), days, hourlyDays);
    if (wantsJson()) {
      json(cost.json());
      return DONE;
    }
    cost.fleets().forEach(fleet -> say(fleet.toString()));
    if (cost.rowsADay() == 0) {
      say("Nothing is polled, so nothing is written.");
      return DONE;
    }
    gap();
    show(cost.table());
    gap();
    say(
        "%s rows, about %s a day; at most about %s on disk."
            .formatted(
                Words.number(cost.rowsADay()),
                Words.bytes(cost.bytesADay()),
                Words.bytes(cost.bytesKept())));
    return DONE;
  }

  private List<Fleet> fleets() {
    if (vms != null || nodes != null || servers != null) {
      return List.of(given());
    }
    if (provider != null || interval != null) {
      throw new UsageException("How many? Give --vms, --nodes or --servers, too.");
    }
    try (var api = connection().open()) {
      return KnownFleets.read(api);
    }
  }

  private Fleet given() {
    var platform = provider == null ? Fleet.Platform.PROXMOX : Fleet.Platform.of(provider);
    var every = interval == null ? platform.interval() : Words.span(interval, "--interval");
    return new Fleet(platform, every, amount(servers, 1), amount(nodes, 0), amount(vms, 0), 0);
  }

  private static long amount(@Nullable Long given, long otherwise) {
    return given == null ? otherwise : given;
  }
}
