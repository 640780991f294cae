import { app } from 'electron';

/** What looks like an address with a scheme; a drive of Windows has one letter only. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:/i;

/** Whether somebody wanted Rekey to open an address. */
export function holdsAddress(argv: readonly string[]): boolean {
  // The first is the program itself.
  return argv.slice(1).some((argument) => ADDRESS.test(argument));
}

/**
 * Rekey opens no links: a page on the web must not be able to set anything in motion here. It registers no scheme, and
 * an address or a file that reaches it all the same is thrown away unread.
 * @param note tells the person, by the activity, that there was one.
 */
export function refuseLinks(note: () => void): void {
  const refuse = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    note();
  };
  app.on('open-url', refuse);
  app.on('open-file', refuse);
}
