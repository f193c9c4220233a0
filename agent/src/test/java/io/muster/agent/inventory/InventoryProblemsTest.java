package io.muster.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.protocol.configuration.ConfigurationProblem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryProblemsTest {
  private static final String SECRET = "hidden-5f0c";
  private static final String TOKEN = "'tokenId':'mon@pve!m','tokenSecret':'hidden-5f0c'";

  @TempDir Path temporary;
  private TestFolder folder = new TestFolder(Path.of(""));

  @BeforeEach
  void makeFolder() {
    folder = new TestFolder(temporary);
  }

  /** P, K, O stand for a sound start of an entry of each platform. */
  private static String entry(String text) {
    return text.replace("P,", "'name':'a','host':'h'," + TOKEN + ",")
        .replace("K,", "'name':'a','provider':'kubernetes',")
        .replace("O,", "'name':'a','provider':'openstack','authUrl':'https://c/v3','region':'R',");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'host':'h',T                            | name              | nothing            | a name
          'name':'-a','host':'h',T                | name              | '-a'               | letters
          'name':'','host':'h',T                  | name              | an empty text      | a name
          'name':7,'host':'h',T                   | name              | 7                  | a text in quotes
          P,'tokenid':'x'                         | tokenid           | an unknown key     | did you mean 'tokenId'?
          P,'token_secret':'hidden-5f0c'          | token_secret      | an unknown key     | did you mean 'tokenSecret'?
          P,'kubeConfig':'hidden-5f0c'            | kubeConfig        | an unknown key     | "provider": "kubernetes"
          P,'frobnicate':1                        | frobnicate        | an unknown key     | a key of proxmox: actionTokenId,
          P,'provider':'vmware'                   | provider          | 'vmware'           | one of proxmox, kubernetes, openstack
          P,'provider':'proxmox','type':'openstack' | type            | 'openstack'        | no type beside provider
          P,'verifyTls':'no'                      | verifyTls         | 'no'               | true or false, without quotes
          P,'verifyTls':true,'allowInsecure':true | allowInsecure     | true               | contrary of verifyTls
          P,'intervalSeconds':0                   | intervalSeconds   | 0                  | at least 1
          P,'intervalSeconds':9000                | intervalSeconds   | 9000               | at most 3600
          P,'intervalSeconds':1.5                 | intervalSeconds   | 1.5                | a whole number
          P,'tags':'x'                            | tags              | 'x'                | a list
          P,'tags':['a;b']                        | tags[0]           | 'a;b'              | without semicolon
          P,'tags':['a','a']                      | tags              | a list             | no item twice
          P,'route':'a;b'                         | route             | 'a;b'              | a label
          P,'site':'other'                        | site              | 'other'            | MUSTER_SITE
          P,'id':'1-2-3-4-5'                      | id                | '1-2-3-4-5'        | a UUID
          P,'proxy':'socks://me:hidden-5f0c@p:1'  | proxy             | a text (not shown) | http://[user:password@]host:port
          P,'fingerprints':['AB:CD']              | fingerprints[0]   | 'AB:CD'            | 64 hexadecimal digits
          P,'caCert':'none.pem'                   | caCert            | 'none.pem'         | there is none of this name
          P,'caCert':'-----BEGIN CERTIFICATE-----' | caCert           | '-----BEGIN CERT   | in PEM form
          P,'port':70000                          | port              | 70000              | at most 65535
          P,'url':'https://h'                     | host              | 'h'                | only one of urls, url and host
          P,'actionTokenId':'a@pve!b'             | actionTokenSecret | nothing            | the secret that Proxmox VE showed
          P,'nodeAddresses':{'n':'ftp://x'}       | nodeAddresses.n   | 'ftp://x'          | https://host:port
          'name':'a',T                            | urls              | nothing            | urls, url or host
          'name':'a','urls':[],T                  | urls              | a list             | at least one item
          'name':'a','urls':['https://h/x'],T     | urls[0]           | 'https://h/x'      | without a path
          'name':'a','url':'https://u:hidden-5f0c@h',T | url          | 'https://***@h'    | https://host:port
          'name':'a','url':'http://h:8006',T      | url               | 'http://h:8006'    | https://host:port
          'name':'a','url':'https://h','port':1,T | port              | 1                  | host in place of url
          'name':'a','host':'h:1','port':2,T      | port              | 2                  | host has one already
          'name':'a','host':'h h',T               | host              | 'h h'              | https://host:port
          'name':'a','host':'h','tokenSecret':'x' | tokenId           | nothing            | user@realm!tokenid
          'name':'a','host':'h','tokenId':'mon@pve','tokenSecret':'x' | tokenId | 'mon@pve' | user@realm!tokenid
          'name':'a','host':'h','tokenId':'mon@pve!m=hidden-5f0c','tokenSecret':'x' | tokenId | 'mon@pve!m=***' | tokenSecret
          'name':'a','host':'h','tokenId':'mon@pve!m' | tokenSecret   | nothing            | the secret
          'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':12345678 | tokenSecret | a number (not shown) | a text in quotes
          'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':'${NOT_SET}' | tokenSecret | ${NOT_SET} | NOT_SET to be set
          'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':'hidden-5f0c${x' | tokenSecret | a ${ that | $${ for a plain ${
          'name':'a','host':'h','tokenId':'mon@pve!m','tokenSecret':'file:none' | tokenSecret | 'file:none' | there is none of this name
          K,'enabled':true                        | kubeConfigPath    | nothing            | exactly one of
          K,'inCluster':true,'url':'https://h'    | url               | 'https://h'        | exactly one of
          K,'inCluster':true,'token':'hidden-5f0c' | token            | a text (not shown) | no token without url
          K,'inCluster':true,'kubeConfigContext':'c' | kubeConfigContext | 'c'             | no context without
          K,'inCluster':true,'namespace':'A_b'    | namespace         | 'A_b'              | lower-case
          K,'url':'https://h'                     | token             | nothing            | the token
          K,'url':'h:6443','token':'hidden-5f0c'  | url               | 'h:6443'           | https://host:6443
          K,'kubeConfigPath':'none'               | kubeConfigPath    | 'none'             | there is none of this name
          O,'enabled':true                        | username          | nothing            | or applicationCredentialId
          O,'username':'u'                        | password          | nothing            | the password
          O,'username':'u','password':'hidden-5f0c' | projectName     | nothing            | the project
          O,'applicationCredentialId':'x'         | applicationCredentialSecret | nothing  | secret
          O,'username':'u','applicationCredentialId':'x' | username   | 'u'                | carries user and project
          O,'authUrl':'cloud'                     | authUrl           | 'cloud'            | Keystone
          """)
  void wrongEntry_isToldWithKeyAndExpectation(
      String keys, String key, String found, String expected) {
    String text = entry(keys).replace(",T", "," + TOKEN);
    if (keys.startsWith("O,'authUrl'")) {
      text = text.replace("'authUrl':'https://c/v3',", "");
    }
    List<ConfigurationProblem> problems = folder.inventory("[{" + text + "}]").problems();
    assertThat(problems)
        .anySatisfy(problem -> {
          assertThat(problem.file()).endsWith(TestFolder.FILE);
          assertThat(problem.entry()).startsWith("servers[0]");
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.found()).startsWith(found);
          assertThat(problem.expected()).contains(expected);
        });
    assertThat(problems.toString()).doesNotContain(SECRET);
  }

  @Test
  void portThatCannotBe_isTold_andTheHostIsNot() {
    assertThat(folder.inventory("[{" + entry("P,'port':70000") + "}]").problems())
        .extracting(ConfigurationProblem::key)
        .containsExactly("port");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'server':[]}        | server  | did you mean 'servers'?
          {}                   | servers | the list of servers
          {'servers':{}}       | servers | a list of servers
          7                    |         | {"servers": [...]}
          """)
  void wrongFile_isTold(String json, String key, String expected) {
    assertThat(folder.inventory(json).problems())
        .anySatisfy(problem -> {
          assertThat(problem.entry()).isNull();
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.expected()).contains(expected);
        });
  }

  @Test
  void entryThatIsNoObject_isTold() {
    assertThat(folder.inventory("['x']").problems())
        .extracting(ConfigurationProblem::entry)
        .contains("servers[0]");
  }

  @Test
  void malformedJson_isToldWithLineAndColumnAndWithoutSecrets() {
    folder.inventory("[\n{'name':'a',\n 'tokenSecret': hidden-5f0c}]");
    assertThat(folder.problems())
        .singleElement()
        .extracting(ConfigurationProblem::message)
        .asString()
        .contains("infrastructure_config.json", "line 3, column ")
        .doesNotContain("hidden");
  }

  @Test
  void keyGivenTwice_isTold() {
    folder.inventory("[{'name':'a','name':'b'}]");
    assertThat(folder.problems().toString()).contains("no JSON at line 1");
  }

  @Test
  void emptyFile_isTold() {
    assertThat(folder.inventory("").problems().toString()).contains("an empty file");
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    folder
        .inventory(
            """
            {'servers':[
              {'name':'one','host':'h','tokenId':'bad','tokenSecret':'hidden-5f0c','tokn':1},
              {'name':'two','provider':'kubernetes'},
              {'name':'three','provider':'openstack','region':'R','username':'u','password':'hidden-5f0c'}
            ]}
            """)
        .with("PROXMOX_NODE_3_NAME", "four");
    List<ConfigurationProblem> problems = folder.problems();
    assertThat(problems)
        .extracting(ConfigurationProblem::entry, ConfigurationProblem::key)
        .containsExactlyInAnyOrder(
            tuple("servers[0] 'one'", "tokn"),
            tuple("servers[0] 'one'", "tokenId"),
            tuple("servers[1] 'two'", "kubeConfigPath"),
            tuple("servers[2] 'three'", "authUrl"),
            tuple("servers[2] 'three'", "projectName"),
            tuple("PROXMOX_NODE_3 'four'", "PROXMOX_NODE_3_HOST"),
            tuple("PROXMOX_NODE_3 'four'", "PROXMOX_NODE_3_TOKEN_ID"),
            tuple("PROXMOX_NODE_3 'four'", "PROXMOX_NODE_3_TOKEN_SECRET"));
    assertThat(problems.toString()).doesNotContain(SECRET);
  }

  @Test
  void nameOrIdTwice_namesTheFirst() {
    String one = "{'name':'%s','id':'%s','host':'h'," + TOKEN + "}";
    String id = "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50";
    String other = "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e51";
    folder.inventory("[" + one.formatted("a", id) + "," + one.formatted("a", other) + "]");
    assertThat(folder.problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.key()).isEqualTo("name");
          assertThat(problem.expected()).contains("servers[0] 'a'");
        });
    folder.inventory("[" + one.formatted("a", id) + "," + one.formatted("b", id) + "]");
    assertThat(folder.problems())
        .singleElement()
        .extracting(ConfigurationProblem::key)
        .isEqualTo("id");
  }

  @Test
  void resolvedValues_areNeverShown() {
    folder
        .inventory(
            "[{'name':'${X}','host':'${X}','tokenId':'${X}','tokenSecret':'${X}','route':'${X}',"
                + "'fingerprints':['${X}'],'caCert':'${X}','proxy':'${X}','id':'${X}','site':'${X}'}]")
        .with("X", "/hidden-5f0c");
    assertThat(folder.problems())
        .hasSizeGreaterThan(7)
        .noneSatisfy(problem -> assertThat(problem.message()).contains(SECRET));
  }
}
