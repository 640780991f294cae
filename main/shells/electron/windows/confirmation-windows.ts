import { app, BrowserWindow } from 'electron';
import type { Approval } from '../../../approvals/approval.schema.ts';
import type { Caller } from '../../../calls/caller.ts';
import type { Core } from '../../../calls/dispatch.ts';
import { confirmationUrl } from '../pages/address.ts';
import { loadPage } from './load-page.ts';
import type { OpenWindows } from './open-windows.ts';
import { type WindowFiles, webPreferences } from './web-preferences.ts';

const CALLER: Caller = { carrier: 'confirmation-window', program: 'Rekey', pid: process.pid, client: null };
/** The confirmation window itself may not look at all requests. */
const LISTENER: Caller = { ...CALLER, carrier: 'window' };

/**
 * The windows in which a person confirms, one for each request or batch of requests.
 *
 * Each stands apart from the main window, with its own small bridge, so that no bug in the main page can confirm
 * anything. It opens by itself when a request comes in, and stays until the person closes it: closing it undecided is
 * a no.
 */
export class ConfirmationWindows {
  readonly #files: WindowFiles;
  readonly #windows: OpenWindows;
  readonly #core: Core;
  /** By question: a request's id, or its batch. */
  readonly #byQuestion = new Map<string, BrowserWindow>();
  /** The question of each request that waits, or whose window is still there. */
  readonly #questions = new Map<string, string>();
  readonly #waiting = new Set<string>();

  constructor(files: WindowFiles, windows: OpenWindows, core: Core) {
    this.#files = files;
    this.#windows = windows;
    this.#core = core;
  }

  /** Listens for requests, and takes up those that came in before anybody listened. */
  async start(): Promise<void> {
    this.#core.on((event) => event.name === 'approval' && this.#take(event.payload));
    // An agent that had Rekey started can have asked already.
    for (const approval of await this.#core.call('listApprovals', {}, LISTENER)) this.#take(approval);
  }

  #take({ id, batch, state }: Approval): void {
    if (state !== 'waiting') {
      this.#waiting.delete(id);
      return;
    }
    const question = batch ?? id;
    const known = this.#waiting.has(id);
    this.#waiting.add(id);
    this.#questions.set(id, question);
    // The others of a batch come right after its first, into the window that is there by then.
    if (known || !this.#byQuestion.has(question)) this.show(id);
  }

  /** Brings the window of a request to the front; makes one only for a request that waits. */
  show(approvalId: string): void {
    const question = this.#questions.get(approvalId) ?? approvalId;
    const open = this.#byQuestion.get(question);
    if (open) bringToFront(open);
    else if (this.#waiting.has(approvalId)) this.#make(approvalId, question);
  }

  #make(approvalId: string, question: string): void {
    const window = new BrowserWindow({
      title: 'Rekey',
      width: 620,
      height: 760,
      minWidth: 360,
      minHeight: 480,
      show: false,
      alwaysOnTop: true,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      webPreferences: webPreferences('confirmation-window.cjs', this.#files),
    });
    this.#byQuestion.set(question, window);
    const isAbout = (id: string): boolean => id === question || this.#questions.get(id) === question;
    this.#windows.add({ window, page: 'confirmation.html', caller: CALLER, isAbout });
    window.once('ready-to-show', () => bringToFront(window));
    window.once('closed', () => {
      this.#byQuestion.delete(question);
      for (const [id] of [...this.#questions].filter(([, of]) => of === question)) {
        this.#questions.delete(id);
        if (this.#waiting.has(id)) void this.#deny(id);
      }
    });
    loadPage(window, confirmationUrl(approvalId));
  }

  async #deny(id: string): Promise<void> {
    try {
      await this.#core.call('deny', { id }, CALLER);
    } catch {
      // It was decided in the same moment, or its time is over: either way the core has told everyone how it ended.
    }
  }
}

function bringToFront(window: BrowserWindow): void {
  window.show();
  // Rekey has no place in the Dock, and macOS gives the focus to no such program unless it takes it.
  app.focus({ steal: true });
  window.focus();
}
