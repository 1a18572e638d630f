/// How an agent without credentials for AWS reaches its federation: over HTTPS, by its certificate.
@NullMarked
package io.rengo.agent.access;

import org.jspecify.annotations.NullMarked;
