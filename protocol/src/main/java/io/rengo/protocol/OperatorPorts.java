package io.rengo.protocol;

import io.rengo.protocol.trust.RevocationLists;
import io.rengo.protocol.trust.SigningKey;
import java.util.function.Function;

/// What an operator's commands use of a cloud beside a federation's own [Ports].
///
/// @param keys the key of an id, which signs and never leaves its service
/// @param lists where the cloud itself looks up revoked certificates
public record OperatorPorts(Function<String, SigningKey> keys, RevocationLists lists) {}
