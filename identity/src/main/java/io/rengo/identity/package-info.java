/// A federation's certificate authority and the register of its certificates.
@NullMarked
package io.rengo.identity;

import org.jspecify.annotations.NullMarked;
