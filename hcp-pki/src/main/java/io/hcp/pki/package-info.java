/** Certificate authorities, certificates, service-account keys and kubeconfigs of one tenant. */
@NullMarked
package io.hcp.pki;

import org.jspecify.annotations.NullMarked;
