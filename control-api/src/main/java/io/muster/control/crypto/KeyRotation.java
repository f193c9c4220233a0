package io.muster.control.crypto;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.settings.ControlSettings;
import io.muster.settings.PlainFailureException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Seals everything anew with a new key; the control API does not run meanwhile. */
@Singleton
public final class KeyRotation {
  /** Every column with boxes in it; their owner is the row's id. */
  private static final List<Sealed> SEALED = List.of(new Sealed("servers", "id", "secrets"));

  private final ControlSettings settings;
  private final MasterKey old;
  private final InstallationRepository installation;
  private final JdbcOperations jdbc;
  private final TransactionOperations<Connection> transactions;

  private record Sealed(String table, String id, String box) {
    String select() {
      return "SELECT %s, %s FROM %s WHERE %s IS NOT NULL".formatted(id, box, table, box);
    }

    String update() {
      return "UPDATE %s SET %s = ? WHERE %s = ?".formatted(table, box, id);
    }
  }

  KeyRotation(
      ControlSettings settings,
      MasterKey old,
      InstallationRepository installation,
      JdbcOperations jdbc,
      TransactionOperations<Connection> transactions) {
    this.settings = settings;
    this.old = old;
    this.installation = installation;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Makes a new key and puts it in the old one's place.
   *
   * @return how many secrets were sealed anew
   */
  public int rotate() {
    if (settings.key() != null) {
      throw new PlainFailureException(
          "MUSTER_KEY holds the key itself, which can't be replaced from here. Put it into a file, name that in MUSTER_KEY_FILE, unset MUSTER_KEY, and rotate again.",
          null);
    }
    Path file = settings.keyFile();
    try {
      MasterKey next = MasterKey.random();
      Files.deleteIfExists(KeyRing.next(file));
      KeyFile.write(KeyRing.next(file), next);
      // From here on a start finds the right one of the two files, wherever this ends.
      int count = transactions.executeWrite(_ -> sealAnew(next));
      KeyRing.promote(file);
      return count;
    } catch (IOException e) {
      throw new PlainFailureException(
          "Cannot write the new key beside " + file + ": " + e.getMessage(), e);
    }
  }

  private int sealAnew(MasterKey next) {
    SecretBox from = new AesGcmBox(old);
    SecretBox to = new AesGcmBox(next);
    int count = 0;
    for (Sealed sealed : SEALED) {
      for (Map.Entry<UUID, byte[]> box : boxes(sealed).entrySet()) {
        UUID owner = box.getKey();
        byte[] anew = to.seal(owner, from.open(owner, box.getValue()));
        count +=
            jdbc.prepareStatement(
                sealed.update(),
                statement -> {
                  statement.setBytes(1, anew);
                  statement.setObject(2, owner);
                  return statement.executeUpdate();
                });
      }
    }
    installation.update(KeyCheck.sealedWith(next));
    return count;
  }

  private Map<UUID, byte[]> boxes(Sealed sealed) {
    return jdbc.prepareStatement(
        sealed.select(),
        statement -> {
          Map<UUID, byte[]> boxes = new TreeMap<>();
          var rows = statement.executeQuery();
          while (rows.next()) {
            boxes.put(rows.getObject(1, UUID.class), rows.getBytes(2));
          }
          return boxes;
        });
  }
}
