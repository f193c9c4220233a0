package io.muster.simulator.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Keeps an authority and its nodes' keys over a restart, readable by their owner alone. */
public final class KeyFolder {
  private final Path folder;
  private final Naming naming;
  private final KeyKind kind;

  public KeyFolder(Path folder, Naming naming, KeyKind kind) {
    this.folder = folder;
    this.naming = naming;
    this.kind = kind;
  }

  /** Where the authority's certificate is for clients to read. */
  public Path authorityFile() {
    return folder.resolve(naming.file() + ".pem");
  }

  /** The authority kept in the folder, or a new one that is kept from now on. */
  public ClusterAuthority authority(Instant now) throws IOException {
    String name = naming.file();
    if (has(name)) {
      return new ClusterAuthority(certificate(name), key(name), naming, kind);
    }
    ClusterAuthority authority = ClusterAuthority.create(naming, kind, now);
    write(name, authority.pem(), authority.key());
    return authority;
  }

  /** The node's kept certificate while it still fits, else a new one that is kept from now on. */
  public NodeCertificate node(
      ClusterAuthority authority, String node, List<String> addresses, Instant now)
      throws IOException {
    if (has(node)) {
      X509Certificate kept = certificate(node);
      if (isGood(kept, authority, now) && namesOf(kept).containsAll(addresses)) {
        return new NodeCertificate(
            kept,
            key(node),
            ClusterAuthority.names(naming, node, addresses),
            authority.certificate());
      }
    }
    NodeCertificate fresh = authority.issue(node, addresses, now);
    keep(node, fresh);
    return fresh;
  }

  /** Keeps a node's certificate from now on. */
  public void keep(String node, NodeCertificate certificate) throws IOException {
    write(node, certificate.pem(), certificate.key());
  }

  private static boolean isGood(X509Certificate kept, ClusterAuthority authority, Instant now) {
    try {
      kept.verify(authority.certificate().getPublicKey());
      return kept.getNotAfter().toInstant().isAfter(now);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<String> namesOf(X509Certificate certificate) throws IOException {
    try {
      var names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot read the names of a certificate", e);
    }
  }

  private boolean has(String name) {
    return Files.exists(folder.resolve(name + ".pem"))
        && Files.exists(folder.resolve(name + ".key"));
  }

  private X509Certificate certificate(String name) throws IOException {
    Path file = folder.resolve(name + ".pem");
    try {
      return Pem.readCertificate(Files.readString(file));
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot read the certificate " + file + ": delete it for a new one", e);
    }
  }

  private PrivateKey key(String name) throws IOException {
    Path file = folder.resolve(name + ".key");
    try {
      return Pem.readKey(Files.readString(file), kind);
    } catch (GeneralSecurityException e) {
      throw new IOException("Cannot read the key " + file + ": delete it for a new one", e);
    }
  }

  private void write(String name, String pem, PrivateKey key) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".pem"), pem);
    PrivateFile.write(folder.resolve(name + ".key"), Pem.key(key));
  }
}
