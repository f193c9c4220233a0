package io.muster.control.crypto;

import io.muster.control.settings.ControlSettings;
import io.muster.protocol.Secret;
import io.muster.settings.PlainFailureException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Finds the key that the database was sealed with. */
@Singleton
final class KeyRing {
  private final ControlSettings settings;
  private final InstallationRepository installation;

  KeyRing(ControlSettings settings, InstallationRepository installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /**
   * The installation's key; made at the first start.
   *
   * @throws PlainFailureException when there is none that opens the database's secrets
   */
  MasterKey open() {
    Optional<Installation> check = installation.findByName(KeyCheck.NAME);
    try {
      return check.isPresent() ? known(check.get()) : first();
    } catch (IOException e) {
      throw new PlainFailureException("Cannot use the key of the secrets: " + e.getMessage(), e);
    }
  }

  /** Where a rotation keeps the next key until the database has taken it. */
  static Path next(Path keyFile) {
    return keyFile.resolveSibling(keyFile.getFileName() + ".next");
  }

  static void promote(Path keyFile) throws IOException {
    Files.move(next(keyFile), keyFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private MasterKey first() throws IOException {
    Secret given = settings.key();
    MasterKey key = given == null ? KeyFile.readOrMake(settings.keyFile()) : of(given);
    installation.save(KeyCheck.sealedWith(key));
    return key;
  }

  private MasterKey known(Installation check) throws IOException {
    Secret given = settings.key();
    if (given != null) {
      return checked(of(given), check, "MUSTER_KEY");
    }
    Path file = settings.keyFile();
    Path next = next(file);
    if (Files.exists(next) && KeyCheck.opens(KeyFile.read(next), check)) {
      // A rotation ended between the database and the file.
      promote(file);
    }
    if (!Files.exists(file)) {
      throw new PlainFailureException(
          "There is no key file %s, but the database has secrets that were sealed with one. Put the key back from your backup, or name its file in MUSTER_KEY_FILE."
              .formatted(file),
          null);
    }
    return checked(KeyFile.read(file), check, file.toString());
  }

  private static MasterKey checked(MasterKey key, Installation check, String place) {
    if (!KeyCheck.opens(key, check)) {
      throw new PlainFailureException(
          "The key of %s is not the one that this database's secrets were sealed with. Put the right key back; nothing was changed."
              .formatted(place),
          null);
    }
    return key;
  }

  private static MasterKey of(Secret given) throws IOException {
    try {
      return MasterKey.of(given.reveal());
    } catch (IllegalArgumentException e) {
      throw new IOException("MUSTER_KEY is no key: " + e.getMessage(), e);
    }
  }
}
