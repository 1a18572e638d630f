/// Who someone is and what they signed: certificates of a federation, checked by the JDK alone.
@NullMarked
package io.rengo.protocol.trust;

import org.jspecify.annotations.NullMarked;
