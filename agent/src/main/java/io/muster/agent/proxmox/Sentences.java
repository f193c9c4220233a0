package io.muster.agent.proxmox;

import io.muster.agent.provider.Names;
import io.muster.agent.provider.Names.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Error texts and the like: names known from elsewhere keep their relation, words that Proxmox uses
 * stay, every other word is replaced.
 */
final class Sentences {
  /** Fingerprints and MAC addresses. */
  private static final Pattern PAIRS = Pattern.compile("[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5,}");

  /** Whole, or shortened by a double colon: a time of day is neither. */
  private static final Pattern IPV6 =
      Pattern.compile(
          "(?:G:){7}G|(?:G(?::G)*)?::(?:G(?::G)*)?(?:\\.\\d{1,3}){0,3}"
              .replace("G", "[0-9A-Fa-f]{1,4}"));

  private static final String LETTER = "[\\p{L}\\p{N}_]";

  /** What may be a name, in whatever language. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "UPID:\\S+:|(?<!%1$s)(?:%2$s|%3$s)(?!%1$s)|%1$s(?:[\\p{L}\\p{M}\\p{N}_.@!%%'-]*%1$s)?"
              .formatted(LETTER, PAIRS, IPV6));

  private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?(ms|s|m|h)?");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern PRIVILEGE =
      Pattern.compile(
          "(?:Sys|VM|Datastore|Pool|SDN|Mapping|User|Group|Permissions|Realm)(?:\\.[A-Z][A-Za-z]{1,20}){1,2}");

  private static final Set<String> WORDS =
      Set.of(
          """
          a access accounting acl action activate active agent all allocate allow already an and answer any
          api api2 arrived as at authenticate authentication auth available backup backups bad binary
          body boolean broken but by bytes call can cannot can't ceph certificate change changed check
          closed cluster code command config configuration connect connection console content corosync
          could couldn't create crm ct ctid current daemon data date deadline default defined delete denied
          device directory disable disabled disk does doesn't domains done down early empty enabled end
          enough enumeration err error errors exist exists exit expected expired export fail failed
          failure failures false fence fencing file find for forbidden format found free from full get
          getting given got group groups guest guests ha handshake has have header host hostname hosts http https
          id idle implemented in info information initialized inside installed instance integer
          internal invalid io is it its job json key known like list local lock locked log login look
          lookup lrm lxc maintenance make mapping master match may memory message method metrics migrate
          missing mode monitor more mount must name names nfs no node nodes none not nothing
          object of off offline ok old on one online only open operation option or order other out over
          parameter parse password path paused peer pending per perhaps permission pid pool port powerdown
          present privilege problem process property proxy pve pveproxy qemu qmp query queue quit quorate
          quorum read reading ready received refused remove removed replication request reset resource
          resources response restart resume retry rollback root route rpc rrd rrddata run running same schema sdn
          server service session set shell shutdown size skip snapshot socket space ssl stale start
          started starting state status still stop stopped storage storages such suspend syntax system
          target task tasks template temporary terminated text that the there this ticket time timed
          timeout tls to token too true try tunnel type unable unauthorized undefined unexpected unix
          unknown unreachable until up update updated upload use used user users using uri value
          verification verify version vm vmid vms volume vzdump wait waiting was when whole with without worker
          wrong yes you zfs zones
          usr bin var lib etc ceph-mon pve-manager rrdcached left
          mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep oct nov dec
          """
              .strip()
              .split("\\s+"));

  private Sentences() {}

  static boolean isKnown(String word) {
    return WORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  static String scrub(String text, Names names) {
    return TOKEN.matcher(text).replaceAll(match -> Matcher.quoteReplacement(word(match, names)));
  }

  private static String word(MatchResult match, Names names) {
    String word = match.group();
    if (word.startsWith("UPID:")) {
      return ObjectIds.scrubUpid(word, names);
    }
    if (PAIRS.matcher(word).matches()) {
      return names.of(Kind.FINGERPRINT, word);
    }
    if (IPV4.matcher(word).matches() || IPV6.matcher(word).matches()) {
      return names.of(Kind.ADDRESS, word);
    }
    if (NUMBER.matcher(word).matches() || PRIVILEGE.matcher(word).matches()) {
      return word;
    }
    String known = names.known(word);
    if (known != null) {
      return known;
    }
    return isKnown(word) ? word : names.of(Kind.TEXT, word);
  }
}
