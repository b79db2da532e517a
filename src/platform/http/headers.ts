// Security headers of every response (OWASP ASVS 5 V3.4; CSP level 3, Trusted Types).

const HSTS_SECONDS = 63_072_000

/** Headers that hold for every response of the site. */
export function fixedHeaders(tls: boolean): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "content-security-policy": sandboxPolicy,
    ...(tls ? { "strict-transport-security": `max-age=${HSTS_SECONDS}; includeSubDomains` } : {}),
  }
}

/** Headers of pages beside those: no other site holds on to them, and they use nothing of the device. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}

/** For everything that is no page: nothing loads, nothing runs, nobody frames it. */
export const sandboxPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

/**
 * The policy of a page: its own style by hash, everything else from this site; no inline script, no `style=""`.
 * `formTargets` are origins that a form may be redirected to: the identity provider's.
 */
export function pagePolicy(styleHashes: readonly string[], tls: boolean, formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'self'${styleHashes.map((h) => ` 'sha256-${h}'`).join("")}`,
    "script-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    ...(tls ? ["upgrade-insecure-requests"] : []),
  ].join("; ")
}
