import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_522c3db2544279d57aa0e6abe4bf0380e9e5743d {
    static final String base64Bytes = String.join("", "AgEDBQ==");

    public static void main(String[] args) throws Throwable {
        Crash_522c3db2544279d57aa0e6abe4bf0380e9e5743d.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = io.rengo.fuzz.Target.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = io.rengo.fuzz.Target.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        io.rengo.fuzz.Target.fuzzerTestOneInput(input);
    }
}