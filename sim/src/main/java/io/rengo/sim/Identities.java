package io.rengo.sim;

import io.rengo.protocol.trust.Signer;
import java.security.cert.X509Certificate;
import java.util.function.Function;

/// Who is who in a simulation that signs.
///
/// @param authority the federation's certificate
/// @param revoked PEM text of its list of revoked certificates
/// @param coordinator signs for the federation's functions
/// @param members a member's signer, by its name
public record Identities(
    X509Certificate authority,
    String revoked,
    Signer coordinator,
    Function<String, Signer> members) {}
