package io.muster.cli;

import io.muster.cli.account.AuditCommand;
import io.muster.cli.account.LoginCommand;
import io.muster.cli.account.LogoutCommand;
import io.muster.cli.account.PasswordCommand;
import io.muster.cli.account.SitesCommand;
import io.muster.cli.account.TenantsCommand;
import io.muster.cli.account.TokensCommand;
import io.muster.cli.account.UsersCommand;
import io.muster.cli.alerts.AlertsCommand;
import io.muster.cli.reads.HistoryCommand;
import io.muster.cli.reads.NodesCommand;
import io.muster.cli.reads.StatusCommand;
import io.muster.cli.reads.VmsCommand;
import io.muster.cli.servers.MaintenanceCommand;
import io.muster.cli.servers.ServersCommand;
import io.muster.cli.size.SizeCommand;
import io.muster.cli.verb.Terminal;
import io.muster.cli.watch.WatchCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code muster} command. */
@Command(
    name = "muster",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      PasswordCommand.class,
      ServersCommand.class,
      MaintenanceCommand.class,
      AlertsCommand.class,
      StatusCommand.class,
      NodesCommand.class,
      VmsCommand.class,
      HistoryCommand.class,
      WatchCommand.class,
      SizeCommand.class,
      SitesCommand.class,
      UsersCommand.class,
      TokensCommand.class,
      TenantsCommand.class,
      AuditCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    description = "Calls the roll of everything a company runs.")
public final class Main implements Runnable, Terminal.Owner {
  /** Fits every terminal. */
  private static final int HELP_COLUMNS = 80;

  private final Terminal terminal;

  private Main(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Exit codes: 0 done, 1 failed, 2 not understood. */
  public static void main(String[] arguments) {
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    System.exit(
        commandLine(Terminal.ofThisProgram())
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(arguments));
  }

  static CommandLine commandLine(Terminal terminal) {
    var muster = new CommandLine(new Main(terminal));
    explain(muster);
    return muster
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler(new NotUnderstood())
        .setExecutionStrategy(Main::execute)
        .setExecutionExceptionHandler(new PlainFailure())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static void explain(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Explains this.")
                .build());
    command.getSubcommands().values().forEach(Main::explain);
  }

  private static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.isUsageHelpRequested() && HelpCommand.explains(last.commandSpec())) {
      System.out.print(HelpCommand.text());
      return CommandLine.ExitCode.OK;
    }
    return new RunLast().execute(parsed);
  }

  @Override
  public Terminal terminal() {
    return terminal;
  }

  @Override
  public void run() {
    System.out.print(HelpCommand.text());
  }
}
