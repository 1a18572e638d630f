/// What a member that has no credentials for AWS and its federation say to each other.
@NullMarked
package io.rengo.protocol.access;

import org.jspecify.annotations.NullMarked;
