/**
 * Nothing but our own files, and no code or style inside the pages.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#7-define-a-content-security-policy
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
 */
export const CONTENT_SECURITY_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
} as const satisfies Readonly<Record<string, string>>;

/**
 * The headers of every answer to a page, errors included.
 * @param connect where the page's scripts may connect to: nowhere in Electron, where calls go by IPC.
 */
export function pageHeaders(connect: "'self'" | "'none'"): Readonly<Record<string, string>> {
  const policy = { ...CONTENT_SECURITY_POLICY, 'connect-src': connect };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
