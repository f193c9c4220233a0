package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.access.Grant;
import io.muster.simulator.proxmox.access.User;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that every simulated cluster has: a token that reads all, a token that may also act,
 * and {@code root@pam}.
 *
 * @param rootPassword of {@code root@pam}, for logins with a ticket
 */
record Accounts(ApiToken reader, ApiToken actor, String rootPassword) {
  private static final String READER = "muster@pve";
  private static final String ACTOR = "muster-actions@pve";

  /** Secrets made at random, or kept in the folder from the last start. */
  static Accounts create(@Nullable Path folder) throws IOException {
    Properties kept = new Properties();
    Path file = folder == null ? null : folder.resolve("accounts.properties");
    if (file != null && Files.exists(file)) {
      kept.load(new StringReader(Files.readString(file)));
    }
    Accounts accounts =
        new Accounts(
            token(READER, "agent", kept.getProperty("reader")),
            token(ACTOR, "actions", kept.getProperty("actor")),
            kept.getProperty("root", randomPassword()));
    if (file != null) {
      kept.setProperty("reader", accounts.reader().secret());
      kept.setProperty("actor", accounts.actor().secret());
      kept.setProperty("root", accounts.rootPassword());
      StringWriter text = new StringWriter();
      kept.store(text, null);
      PrivateFile.write(file, text.toString());
    }
    return accounts;
  }

  /** Enters users, tokens and what they may do. */
  void addTo(AccessControl control) {
    control.add(User.of(AccessControl.ROOT, rootPassword));
    control.add(User.of(READER, null));
    control.add(User.of(ACTOR, null));
    control.add(reader);
    control.add(actor);
    for (String subject : List.of(READER, reader.id())) {
      control.add(new Grant("/", subject, "PVEAuditor", true));
    }
    for (String subject : List.of(ACTOR, actor.id())) {
      for (String role : List.of("PVEAuditor", "PVEVMAdmin", "PVEDatastoreUser", "PVESDNUser")) {
        control.add(new Grant("/", subject, role, true));
      }
    }
  }

  private static ApiToken token(String user, String name, @Nullable String secret) {
    return new ApiToken(
        user, name, secret == null ? UUID.randomUUID().toString() : secret, true, 0, "");
  }

  private static String randomPassword() {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  @Override
  public String toString() {
    return "Accounts[" + reader + ", " + actor + "]";
  }
}
