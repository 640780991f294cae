import { protocol } from 'electron';
import { SCHEME } from './address.ts';
import { pageAnswer } from './page-answer.ts';

/** Makes `app://` a scheme like https, with origins and their rules. Before the app is ready, or never. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built pages, and nothing else of the disk.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols
 */
export function servePages(folder: string): void {
  protocol.handle(SCHEME, (request) => pageAnswer(folder, request));
}
