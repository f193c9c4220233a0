package io.muster.cli.watch;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.verb.ApiVerb;
import io.muster.cli.verb.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code muster watch}: what changes, as it changes. */
@Command(
    name = "watch",
    description = {
      "Shows what changes, as it changes: servers, VMs, actions, agents. A live table in a"
          + " terminal, else a line for each change. Ctrl-C ends it.",
      "When the stream breaks, it is taken up again where it broke."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  muster watch",
      "  muster watch --server pve-1 --lines",
      "  muster watch --for 10m --json | jq -c 'select(.event == \"vm-status\")'"
    })
public final class WatchCommand extends ApiVerb {
  @Option(names = "--server", paramLabel = "<server>", description = "What is of one server.")
  private @Nullable String server;

  @Option(names = "--lines", description = "Lines in a terminal, too.")
  private boolean lines;

  @Option(
      names = "--for",
      paramLabel = "<time>",
      description = "Ends after that time: 30s, 10m, 2h.")
  private @Nullable String time;

  @Override
  protected int run(ControlApi api) {
    var span = time == null ? null : Words.span(time, "--for");
    new Follower(api, Call.events("/events/stream").ofServer(server), viewer(api), span).follow();
    return DONE;
  }

  private Viewer viewer(ControlApi api) {
    if (!wantsJson() && !lines && terminal().isRedrawable()) {
      return new LiveScreen(api, server, terminal(), this::raw);
    }
    return new Lines(wantsJson() ? Lines::json : Lines::words, this::raw, this::remark);
  }
}
