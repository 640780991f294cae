import { session } from 'electron';
import { ORIGIN } from '../pages/address.ts';

/** Our own files, and what a page has made in its own memory. */
const OWN = [`${ORIGIN}/`, `blob:${ORIGIN}/`, 'data:', 'devtools:'];

/**
 * The pages load nothing from anywhere but Rekey itself, whatever stands in them. Their policy says so too; this holds
 * where a policy doesn't reach. Rekey's own requests go out from the main process, by another way.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#1-only-load-secure-content
 */
export function denyNetwork(): void {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !OWN.some((own) => url.startsWith(own)) });
  });
}
