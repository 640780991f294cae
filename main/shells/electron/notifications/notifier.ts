import { Notification } from 'electron';
import { inWords } from '../words.ts';

/** A notification's words, in English, and what a click on it does. Never a secret: it may stand on a locked screen. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  open(): void;
}

/** Tells by notifications of the system. Never the only channel: the tray and the windows have it all the same. */
export class Notifier {
  /** By what they are about. Held for as long as they are shown: one that is collected as garbage knows of no click. */
  readonly #shown = new Map<string, Notification>();

  /** @param about what it is about: a newer one takes the place of an older. */
  show(about: string, { title, body, open }: Notice): void {
    if (!Notification.isSupported()) return;
    this.take(about);
    const notification = new Notification({ title: inWords(title), body: inWords(body) });
    const forget = (): void => {
      if (this.#shown.get(about) === notification) this.#shown.delete(about);
    };
    notification.on('click', () => {
      open();
      forget();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    this.#shown.set(about, notification);
    notification.show();
  }

  /** Takes away what is no longer so. */
  take(about: string): void {
    this.#shown.get(about)?.close();
    this.#shown.delete(about);
  }
}
