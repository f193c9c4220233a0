package io.muster.e2e.control;

import io.muster.cli.local.QuestDbProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * What stands before a control API in life: TLS, the API behind it, and {@code /write} to QuestDB
 * for those who show an agent's token.
 */
final class FrontDoor implements AutoCloseable {
  private static final String PASSWORD = "of-a-test";

  private final URI control;
  private final QuestDbProcess questDb;
  private final Path folder;
  private final Certificate certificate;
  private final SSLServerSocket listener;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean cutNext = new AtomicBoolean();

  FrontDoor(Path folder, URI control, QuestDbProcess questDb)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.control = control;
    this.questDb = questDb;
    KeyStore store = keys(folder.resolve("door.p12"));
    certificate = store.getCertificate("door");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  /** A key of its own with a certificate for this machine, made by the JDK's own tool. */
  static KeyStore keys(Path file)
      throws IOException, GeneralSecurityException, InterruptedException {
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "door",
                "-keyalg",
                "EC",
                "-dname",
                "CN=door",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IOException(
          new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  String url() {
    return "https://127.0.0.1:" + listener.getLocalPort();
  }

  /** A file with the certificate. */
  Path authority() throws IOException, GeneralSecurityException {
    return pem(certificate, folder.resolve("door.pem"));
  }

  static Path pem(Certificate certificate, Path file) throws IOException, GeneralSecurityException {
    return Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  String fingerprint() throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
  }

  /** Lets this token's rows through. */
  void admit(String token) {
    tokens.add("bearer " + token.toLowerCase(Locale.ROOT));
  }

  /** Breaks the connection in the middle of the next thing that the control API says. */
  void cutInTheNextMessage() {
    cutNext.set(true);
  }

  boolean hasCut() {
    return !cutNext.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      String head = head(in);
      if (head.startsWith("POST /write")) {
        while (!head.isEmpty()) {
          write(head, in, socket.getOutputStream());
          head = head(in);
        }
      } else if (!head.isEmpty()) {
        pass(head, socket);
      }
    } catch (IOException | InterruptedException e) {
      // One side has gone.
    }
  }

  private void pass(String head, Socket agent) throws IOException, InterruptedException {
    try (Socket api = new Socket(control.getHost(), control.getPort())) {
      sockets.add(api);
      api.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      Thread up = Thread.ofVirtual().start(() -> pump(agent, api, false));
      pump(api, agent, true);
      up.join();
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        boolean cut = answers && count > 100 && cutNext.compareAndSet(true, false);
        to.getOutputStream().write(bytes, 0, cut ? count / 2 : count);
        to.getOutputStream().flush();
        if (cut) {
          return;
        }
      }
    } catch (IOException e) {
      // One side has gone, so both go.
    }
  }

  private void write(String head, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    String lower = head.toLowerCase(Locale.ROOT);
    byte[] rows = lower.contains("transfer-encoding: chunked") ? chunks(in) : sized(lower, in);
    int status = 401;
    byte[] answer = new byte[0];
    if (tokens.stream().anyMatch(token -> lower.contains("authorization: " + token))) {
      String login = questDb.user() + ":" + questDb.password().reveal();
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(URI.create(questDb.httpUrl() + "/write?precision=n"))
                  .header(
                      "Authorization",
                      "Basic "
                          + Base64.getEncoder()
                              .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(rows))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      status = response.statusCode();
      answer = response.body();
    }
    out.write(
        ("HTTP/1.1 "
                + status
                + " Answer\r\nContent-Type: application/json\r\nContent-Length: "
                + answer.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(answer);
    out.flush();
  }

  private static byte[] sized(String head, InputStream in) throws IOException {
    int at = head.indexOf("content-length:");
    return at < 0
        ? new byte[0]
        : in.readNBytes(Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip()));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      all.write(in.readNBytes(size));
      line(in);
    }
    line(in);
    return all.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in).strip(), 16);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Empty = the other side has gone. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    http.close();
  }
}
