package io.rengo.identity;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Federation;
import io.rengo.protocol.RengoException;
import io.rengo.protocol.trust.Role;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/// Whom a certificate is about.
///
/// @param name 1 to 40 lower-case letters, digits and hyphens
/// @param organisation 1 to 64 letters, digits, spaces and `. - & '`
public record Subject(String name, Role role, String organisation) {
  private static final Pattern ORGANISATION = Pattern.compile("[\\p{L}\\p{N} .&'-]{1,64}");

  public Subject {
    if (!Federation.isMemberName(name)) {
      throw invalid("«" + name + "» is not a member's name", "name");
    }
    if (!ORGANISATION.matcher(organisation).matches()) {
      throw invalid("«" + organisation + "» is not an organisation's name", "organisation");
    }
  }

  /// `CN=name, OU=role, O=organisation`.
  X500Name x500() {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, organisation)
        .addRDN(BCStyle.OU, role.text())
        .addRDN(BCStyle.CN, name)
        .build();
  }

  private static RengoException invalid(String what, String where) {
    return new RengoException(
        ErrorCode.CONFIG_INVALID,
        what,
        where,
        "Name members by 1 to 40 lower-case letters, digits and hyphens, and organisations by 1 to"
            + " 64 letters, digits and spaces");
  }
}
