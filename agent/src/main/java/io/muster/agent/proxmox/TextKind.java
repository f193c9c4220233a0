package io.muster.agent.proxmox;

import io.muster.agent.provider.Names;
import io.muster.agent.provider.Names.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a text of an answer is, and so what of it may leave the site. */
enum TextKind {
  /** Of a closed vocabulary, such as a status; or a list of such words. */
  WORD {
    @Override
    String scrub(String text, Names names) {
      return WORDS.matcher(text).matches() ? text : names.of(Kind.TEXT, text);
    }
  },
  /** A number that Proxmox writes as text. */
  NUMBER {
    @Override
    String scrub(String text, Names names) {
      return NUMBERS.matcher(text).matches() ? text : names.of(Kind.TEXT, text);
    }
  },
  /** A product and its version: CPU, kernel, Proxmox. */
  PRODUCT {
    @Override
    String scrub(String text, Names names) {
      return PRODUCTS.matcher(text).matches() ? text : names.of(Kind.TEXT, text);
    }
  },
  NODE {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.NODE, text);
    }
  },
  VM {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.VM, text);
    }
  },
  STORAGE {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.STORAGE, text);
    }
  },
  POOL {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.GROUP, text);
    }
  },
  TOKEN {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.TOKEN, text);
    }
  },
  ADDRESS {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.ADDRESS, text);
    }
  },
  FINGERPRINT {
    @Override
    String scrub(String text, Names names) {
      return names.of(Kind.FINGERPRINT, text);
    }
  },
  /** {@code name@realm}, perhaps with {@code !token}. */
  USER {
    @Override
    String scrub(String text, Names names) {
      Matcher parts = USERS.matcher(text);
      if (!parts.matches()) {
        return names.of(Kind.TEXT, text);
      }
      String realm = parts.group(2);
      String token = parts.group(3);
      return names.of(Kind.USER, parts.group(1))
          + "@"
          + (OWN_REALMS.contains(realm) ? realm : names.of(Kind.REALM, realm))
          + (token == null ? "" : "!" + names.of(Kind.TOKEN, token));
    }
  },
  /** {@code a;b}. */
  TAGS {
    @Override
    String scrub(String text, Names names) {
      return Arrays.stream(text.split("[;, ]+"))
          .filter(tag -> !tag.isEmpty())
          .map(tag -> names.of(Kind.TAG, tag))
          .collect(Collectors.joining(";"));
    }
  },
  /** {@code node/pve1}, {@code qemu/100}, {@code storage/pve1/local}, {@code lrm:pve1}. */
  ID {
    @Override
    String scrub(String text, Names names) {
      return ObjectIds.scrub(text, names);
    }
  },
  /** Path of a grant: {@code /storage/local}. */
  GRANT_PATH {
    @Override
    String scrub(String text, Names names) {
      return ObjectIds.scrubGrantPath(text, names);
    }
  },
  /** {@code local:backup/vzdump-qemu-100-….vma.zst}. */
  VOLUME {
    @Override
    String scrub(String text, Names names) {
      return ObjectIds.scrubVolume(text, names);
    }
  },
  UPID {
    @Override
    String scrub(String text, Names names) {
      return ObjectIds.scrubUpid(text, names);
    }
  },
  /** What a task is about: a guest's number, else a name of any kind. */
  SUBJECT {
    @Override
    String scrub(String text, Names names) {
      return ObjectIds.scrubSubject(text, names);
    }
  },
  /** A sentence of Proxmox. */
  MESSAGE {
    @Override
    String scrub(String text, Names names) {
      return Sentences.scrub(text, names);
    }
  };

  private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9_,-]{0,40}");
  private static final Pattern NUMBERS = Pattern.compile("-?\\d{1,12}(\\.\\d{1,15})?");
  private static final Pattern PRODUCTS = Pattern.compile("[A-Za-z0-9 ./:#_~+()@,-]{1,120}");
  private static final Pattern USERS = Pattern.compile("([^@!]+)@([^@!]+)(?:!([^@!]+))?");

  /** Realms that every installation has. */
  private static final List<String> OWN_REALMS = List.of("pam", "pve");

  /** What of it may leave the site; never for an empty text. */
  abstract String scrub(String text, Names names);
}
