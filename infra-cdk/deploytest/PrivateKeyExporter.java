import java.io.File;
import java.security.KeyStore;
import java.util.Base64;

/** Prints the private key of a key store as PEM. keytool exports certificates only. */
final class PrivateKeyExporter {
  private PrivateKeyExporter() {}

  public static void main(String[] arguments) throws Exception {
    char[] password = arguments[1].toCharArray();
    KeyStore store = KeyStore.getInstance(new File(arguments[0]), password);
    byte[] key = store.getKey(store.aliases().nextElement(), password).getEncoded();
    System.out.println("-----BEGIN PRIVATE KEY-----");
    System.out.println(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
    System.out.println("-----END PRIVATE KEY-----");
  }
}
