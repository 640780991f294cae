const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/**
 * Whether a key may travel to this address: over https only, save for this machine itself (PROVIDERS.md, rule 1).
 *
 * `URL` has already written IPv4 addresses in their usual form, so that `0x7f.1` is seen as 127.0.0.1.
 */
export function mayCarryKeys({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}
