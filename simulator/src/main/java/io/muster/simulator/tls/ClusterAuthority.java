package io.muster.simulator.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate authority that every cluster has of its own. */
public final class ClusterAuthority {
  /** As the real one: ten years. */
  private static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);

  /** As the real one: two years. */
  private static final Duration NODE_LIFETIME = Duration.ofDays(730);

  /** A client whose clock is a little behind must accept a fresh certificate. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Naming naming;
  private final KeyKind kind;

  ClusterAuthority(X509Certificate certificate, PrivateKey key, Naming naming, KeyKind kind) {
    this.naming = naming;
    this.certificate = certificate;
    this.key = key;
    this.kind = kind;
  }

  /** Makes a new authority, kept nowhere. */
  public static ClusterAuthority create(Naming naming, KeyKind kind, Instant now) {
    KeyPair pair = newPair(kind);
    X500Name name = new X500Name(naming.authoritySubject());
    X509Certificate certificate =
        sign(
            builder(name, name, pair.getPublic(), now, AUTHORITY_LIFETIME),
            new BasicConstraints(true),
            List.of(),
            pair.getPrivate(),
            kind);
    return new ClusterAuthority(certificate, pair.getPrivate(), naming, kind);
  }

  /** Makes the certificate of a node. */
  public NodeCertificate issue(String node, List<String> addresses, Instant now) {
    List<String> names = names(naming, node, addresses);
    KeyPair pair = newPair(kind);
    X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    X500Name subject = new X500Name(naming.subject(node));
    X509Certificate issued =
        sign(
            builder(issuer, subject, pair.getPublic(), now, NODE_LIFETIME),
            new BasicConstraints(false),
            names,
            key,
            kind);
    return new NodeCertificate(issued, pair.getPrivate(), names, certificate);
  }

  /** What the certificate of a node is good for. */
  static List<String> names(Naming naming, String node, List<String> addresses) {
    List<String> names = new ArrayList<>(List.of("127.0.0.1", "::1", "localhost"));
    addresses.stream().filter(address -> !names.contains(address)).forEach(names::add);
    names.addAll(List.of(node, naming.domainName(node)));
    return names;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate in PEM. */
  public String pem() {
    return Pem.certificate(certificate);
  }

  PrivateKey key() {
    return key;
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration lifetime) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, new SecureRandom()),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(lifetime)),
        subject,
        key);
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder,
      BasicConstraints constraints,
      List<String> names,
      PrivateKey signer,
      KeyKind kind) {
    try {
      builder.addExtension(Extension.basicConstraints, true, constraints);
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(kind.signature()).build(signer)));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a certificate", e);
    }
  }

  private static GeneralNames alternatives(List<String> names) {
    return new GeneralNames(
        names.stream()
            .map(name ->
                new GeneralName(
                    isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
            .toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    return name.contains(":") || name.matches("\\d+(\\.\\d+){3}");
  }

  private static KeyPair newPair(KeyKind kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm());
      generator.initialize(kind.bits());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a key of kind " + kind, e);
    }
  }
}
