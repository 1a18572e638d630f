/// Least privilege, tried: the roles as the stacks deploy them, on an emulator that enforces them.
@NullMarked
package io.rengo.test.access;

import org.jspecify.annotations.NullMarked;
