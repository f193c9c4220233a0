package io.muster.agent.link;

import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkJson;
import io.muster.protocol.link.LinkMessageException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The other end of the link, which says what a test tells it, and falls silent when it is told. */
final class ScriptedControlApi implements AutoCloseable {
  /** Far more than anything takes, so that only what never comes fails. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** RFC 6455, 1.3. */
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final Pattern KEY = Pattern.compile("(?im)^sec-websocket-key: *(\\S+)");
  private static final int TEXT = 1;
  private static final int LAST = 0x80;

  private final ServerSocket listener;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  ScriptedControlApi() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The next connection of the agent. */
  Line next() throws InterruptedException {
    Line line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw new AssertionError("the agent did not connect within " + PATIENCE);
    }
    return line;
  }

  /** The next connection, on which the agent is welcome. */
  Line welcomed() throws Exception {
    Line line = next();
    line.say(new ControlMessage.Heartbeat());
    line.hear(AgentMessage.Hello.class);
    line.say(new ControlMessage.Welcome(1, "9.9", List.of()));
    return line;
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
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String head = head(in);
      Line line = new Line(head, new DataOutputStream(socket.getOutputStream()), socket);
      line.upgrade();
      lines.add(line);
      for (String text = text(in); text != null; text = text(in)) {
        line.heard.add(text);
      }
    } catch (IOException | GeneralSecurityException e) {
      // The agent has gone.
    }
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** The next text of the agent, who masks its frames and sends each in one; null = the end. */
  private static @Nullable String text(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte() & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] mask = in.readNBytes(4);
    byte[] content = in.readNBytes(length);
    for (int i = 0; i < content.length; i++) {
      content[i] ^= mask[i % 4];
    }
    return first == (LAST | TEXT) ? new String(content, StandardCharsets.UTF_8) : null;
  }

  /** One connection. */
  static final class Line {
    final String head;
    private final DataOutputStream out;
    private final Socket socket;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private Line(String head, DataOutputStream out, Socket socket) {
      this.head = head;
      this.out = out;
      this.socket = socket;
    }

    private void upgrade() throws IOException, GeneralSecurityException {
      Matcher key = KEY.matcher(head);
      String asked = key.find() ? String.valueOf(key.group(1)) : "";
      byte[] accept =
          MessageDigest.getInstance("SHA-1")
              .digest((asked + ACCEPT).getBytes(StandardCharsets.US_ASCII));
      out.writeBytes(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: %s\r\n\r\n"
                  .formatted(Base64.getEncoder().encodeToString(accept)));
      out.flush();
    }

    void say(ControlMessage message) throws IOException {
      byte[] text = LinkJson.write(message).getBytes(StandardCharsets.UTF_8);
      out.writeByte(LAST | TEXT);
      if (text.length < 126) {
        out.writeByte(text.length);
      } else if (text.length < 1 << 16) {
        out.writeByte(126);
        out.writeShort(text.length);
      } else {
        out.writeByte(127);
        out.writeLong(text.length);
      }
      out.write(text);
      out.flush();
    }

    /** The next message of this type; others are passed over. */
    <T extends AgentMessage> T hear(Class<T> type)
        throws InterruptedException, LinkMessageException {
      while (true) {
        String text = heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (text == null) {
          throw new AssertionError("no " + type.getSimpleName() + " within " + PATIENCE);
        }
        AgentMessage message = LinkJson.readAgent(text);
        if (type.isInstance(message)) {
          return type.cast(message);
        }
      }
    }

    void cut() throws IOException {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
