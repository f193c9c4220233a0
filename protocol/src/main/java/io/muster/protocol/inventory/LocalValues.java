package io.muster.protocol.inventory;

import io.muster.protocol.configuration.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in place of {@code ${NAME}} the environment variable, and of a value that starts with {@code
 * file:} the file's content. For a file of this machine only: what comes from elsewhere must not
 * read it.
 */
public final class LocalValues implements Values {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";

  private final Map<String, String> environment;
  private final Path folder;
  private final FileAccess files;

  /** Gives a file's content. */
  public interface FileAccess {
    byte[] read(Path path) throws IOException;
  }

  /**
   * Values of a file in {@code folder}.
   *
   * @param folder that relative paths start from
   */
  public LocalValues(Map<String, String> environment, Path folder, FileAccess files) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.files = files;
  }

  @Override
  public String resolve(String raw) throws UnresolvedException {
    if (!raw.startsWith(FILE)) {
      return substitute(raw);
    }
    String path = substitute(raw.substring(FILE.length()));
    try {
      return content(path.startsWith("//") ? path.substring(2) : path);
    } catch (IOException e) {
      throw new UnresolvedException(Printable.text(raw), "a file to read: " + e.getMessage());
    }
  }

  /** Content of a text file without the white space around it. */
  @Override
  public String file(String path) throws UnresolvedException {
    try {
      return content(path);
    } catch (IOException e) {
      throw new UnresolvedException(null, "a file to read: " + e.getMessage());
    }
  }

  /**
   * @throws IOException with the reason, without the path
   */
  private String content(String path) throws IOException {
    String content;
    try {
      content = new String(files.read(locate(path)), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      throw new IOException("there is none of this name", e);
    } catch (AccessDeniedException e) {
      throw new IOException("this user may not read it", e);
    } catch (IOException | InvalidPathException e) {
      throw new IOException("it can't be read (" + e.getClass().getSimpleName() + ")", e);
    }
    if (content.isEmpty()) {
      throw new IOException("it is empty");
    }
    return content;
  }

  /** Absolute path; relative ones start from the configuration file's folder. */
  private Path locate(String path) {
    return path.startsWith("~/")
        ? Path.of(System.getProperty("user.home", "."), path.substring(2))
        : folder.resolve(path);
  }

  private String substitute(String raw) throws UnresolvedException {
    Matcher matcher = REFERENCE.matcher(raw);
    StringBuilder value = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      if (name == null) {
        matcher.appendReplacement(value, Matcher.quoteReplacement("${"));
        continue;
      }
      if (!VARIABLE.matcher(name).matches() || "".equals(matcher.group(2))) {
        throw new UnresolvedException(
            "a ${ that no variable's name and } follow", "${NAME}, or $${ for a plain ${");
      }
      String variable = environment.get(name);
      if (variable == null || variable.isBlank()) {
        throw new UnresolvedException(
            "${" + name + "}", "the environment variable " + name + " to be set");
      }
      matcher.appendReplacement(value, Matcher.quoteReplacement(variable));
    }
    return matcher.appendTail(value).toString();
  }
}
