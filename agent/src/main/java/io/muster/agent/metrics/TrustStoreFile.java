package io.muster.agent.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in the one form that QuestDB's client takes: a key store in a file. */
public record TrustStoreFile(Path file) {
  /** A key store of public certificates has nothing to hide; its format wants a password. */
  static final String PASSWORD = "public";

  /** In the agent's data folder. */
  public static TrustStoreFile in(Path dataFolder) {
    return new TrustStoreFile(dataFolder.resolve("rows-trust.p12"));
  }

  boolean exists() {
    return Files.exists(file);
  }

  String path() {
    return file.toAbsolutePath().toString();
  }

  /** The file holds either what it held or all of these. */
  public void write(List<X509Certificate> certificates) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream to = Files.newOutputStream(fresh)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("trusted" + i, certificates.get(i));
      }
      store.store(to, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates can't be kept: " + e.getMessage(), e);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
