import { app } from 'electron';

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
